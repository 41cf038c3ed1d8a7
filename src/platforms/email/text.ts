// A document as the plain half of a mail: for readers without HTML, and for those who like it so.
import wrapAnsi from 'wrap-ansi';
import { itemRank, plainOf, type Block, type Doc, type Span } from '../../core/doc.ts';
import { tidy } from '../../core/text.ts';

/** Columns: RFC 5322, 2.1.1 recommends lines of at most 78 characters, and an answer quotes them with two more. */
const WIDTH = 72;

/** Title, summary and blocks; addresses stand on lines of their own, never broken. */
export function textOf({ title, summary, blocks }: Doc): string {
  const opening = blocks[0];
  const says = opening?.kind === 'text' && plainOf(opening.spans) === summary;
  const parts = [...(title ? [heading(title)] : []), ...(says ? [] : [wrap(summary)]), ...blocks.map(linesOf)];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function heading(title: string): string {
  const line = tidy(title);
  return `${line}\n${'='.repeat(Math.min(WIDTH, line.length))}`;
}

function linesOf(block: Block): string {
  if (block.kind === 'code') return block.text.trimEnd().split('\n').map((line) => `    ${line.replace(/\p{Cc}/gu, '').trimEnd()}`).join('\n');
  if (block.kind !== 'item') {
    const [only, ...more] = block.spans;
    const url = more.length === 0 && only !== undefined ? urlOf(only) : undefined;
    return url ? `${tidy(plainOf([only!]))}:\n${url}` : wrap(block.spans.map(spanOf).join(''));
  }
  const { rank, title } = itemRank(block);
  const margin = rank === undefined ? 0 : rank.length + 2;
  const url = urlOf(block.title);
  const lines = [title, block.facts?.join(' · ') ?? '', block.body ?? ''].filter(Boolean).map((line) => wrap(line, margin));
  return `${rank === undefined ? '' : `${rank}. `}${[...lines, ...(url ? [`${' '.repeat(margin)}${url}`] : [])].join('\n').slice(margin)}`;
}

function spanOf(span: Span): string {
  const url = urlOf(span);
  return url ? `${plainOf([span])} <${url}>` : plainOf([span]);
}

function urlOf(span: Span): string | undefined {
  const url = typeof span === 'string' ? undefined : span.url;
  return url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? new URL(url).href : undefined;
}

/** In lines of a width that can be read and quoted. */
export function wrap(text: string, margin = 0): string {
  const lines = wrapAnsi(tidy(text), WIDTH - margin, { hard: false }).split('\n');
  return lines.map((line) => `${' '.repeat(margin)}${line.trimEnd()}`).join('\n');
}
