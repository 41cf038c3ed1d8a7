// The sources, one line each.
export { arxiv } from './arxiv.ts';
export { huggingface } from './huggingface.ts';
export { jsonl } from './jsonl.ts';
export { page } from './page.ts';
