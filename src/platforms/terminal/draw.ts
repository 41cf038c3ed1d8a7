// A document as lines of text for a terminal or a pipe.
import { createColors } from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import { itemActions, type Action, type Block, type Doc, type Span } from '../../core/doc.ts';

export interface Look {
  /** Columns. */
  width: number;
  colour: boolean;
  /** Titles can be clicked; otherwise addresses are written out. */
  links: boolean;
}

/** Gives each button its number. */
export type Numbering = (action: Action) => number;

/** The lines of a document, with a number before each button. Strangers' control characters never reach the terminal. */
export function draw(doc: Doc, look: Look, number: Numbering): string {
  const colours = createColors(look.colour);
  const parts = [
    ...(doc.title ? [colours.bold(safe(doc.title)), ''] : []),
    ...doc.blocks.flatMap((block) => drawBlock(block, look, number)),
    ...(doc.actions?.length ? [buttons(doc.actions, look, number)] : []),
  ];
  return `${parts.join('\n')}\n`;
}

function drawBlock(block: Block, look: Look, number: Numbering): string[] {
  const { dim } = createColors(look.colour);
  if (block.kind === 'text') return [wrap(block.spans.map((span) => drawSpan(span, look)).join(''), look, 0), ''];
  if (block.kind === 'note') return [dim(wrap(block.spans.map((span) => drawSpan(span, look)).join(''), look, 0)), ''];
  // Not wrapped: what is copied must be what was written.
  if (block.kind === 'code') return [...block.text.trimEnd().split('\n').map(safe), ''];
  const url = typeof block.title === 'string' ? undefined : block.title.url;
  const actions = itemActions(block);
  return [
    wrap(drawSpan(block.title, look), look, 0),
    ...(block.facts?.length ? [dim(wrap(block.facts.map(safe).join(' · '), look, 3))] : []),
    ...(url && !look.links ? [dim(`   ${safe(url)}`)] : []),
    ...(block.body ? [wrap(safe(block.body), look, 3)] : []),
    ...(actions.length ? [`   ${buttons(actions, look, number)}`] : []),
    '',
  ];
}

function drawSpan(span: Span, look: Look): string {
  const { bold, cyan, underline } = createColors(look.colour);
  if (typeof span === 'string') return safe(span);
  let text = safe(span.text);
  if (span.code) text = cyan(text);
  if (span.bold) text = bold(text);
  if (!span.url) return text;
  // OSC 8: the terminal makes the text clickable and shows no address.
  return look.links ? `\u001b]8;;${encodeURI(safe(span.url))}\u0007${underline(text)}\u001b]8;;\u0007` : span.bold ? text : `${text} (${safe(span.url)})`;
}

function buttons(actions: Action[], look: Look, number: Numbering): string {
  const { cyan } = createColors(look.colour);
  return actions.map((action) => `${cyan(`[${number(action)}]`)} ${safe(action.label)}`).join('  ');
}

function wrap(text: string, look: Look, indent: number): string {
  const margin = ' '.repeat(indent);
  return wrapAnsi(text, Math.max(20, look.width - indent), { hard: true })
    .split('\n')
    .map((line) => margin + line.trimEnd())
    .join('\n');
}

// A title may hold escape sequences; nothing that a terminal would obey gets through.
function safe(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (char) => (char === '\n' || char === '\t' ? ' ' : char === '\u200d' ? char : ''));
}
