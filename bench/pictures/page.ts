import { readFileSync } from 'node:fs';
import { html, raw, type Html } from '../../src/core/html.ts';

/** A whole page in the style of `bench/pictures/<css>`; what is to be pictured has the class `window`. */
export function page(css: string, body: Html): Html {
  const style = raw(readFileSync(new URL(css, import.meta.url), 'utf8'));
  return html`<!doctype html><meta charset="utf-8"><style>${style}</style><body>${body}</body>`;
}
