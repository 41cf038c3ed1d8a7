// The platforms, one line each.
export { slack } from './slack/index.ts';
export { discord } from './discord/index.ts';
export { terminal } from './terminal/index.ts';
