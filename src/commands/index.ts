export { paper } from './paper/index.ts';
export { roundup } from './roundup/index.ts';
