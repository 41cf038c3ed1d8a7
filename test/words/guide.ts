// The wording guide of src/commands/README.md as a check, held against all that is said.
import { plainOf, type Action, type Block, type Doc, type Span } from '../../src/core/doc.ts';
import { ACKNOWLEDGEMENT } from '../../src/core/roundup.ts';
import type { Payload } from '../../src/core/platform.ts';
import type { Line } from './as-read.ts';

/** What nobody should need to know to use the bot, and other names of things that have one here. */
const JARGON = /\b(payloads?|null|undefined|NaN|slots?|outbox|leases?d?|cron|preflight|enqueued?|queued?|stack ?trace|booleans?|parse[ds]?|exceptions?|postgres|database|SQL|idempotent|retr(?:y|ies)|timed? ?out)\b|\[object/i;
const OTHER_NAMES = /\b(newsletters?|bookmark\w*|articles?|publications?|rooms?|summaries|notifications?|the bot)\b/i;
const EMOJI = /\p{Extended_Pictographic}|:[a-z_]+:/u;
/** What is typed has straight quotes: commands, names of authors, and phrases of topics, which are called by their words. */
const TYPED = /\/(?:paper|roundup) [^.;]*|author:"[^"]*"|"\p{Ll}[^"]*"/gu;
const LONGEST_SENTENCE = 32;
const LONGEST_LABEL = 25;

/** What the guide has against a document, each with the words. */
export function problemsOf(doc: Doc): string[] {
  const items = doc.blocks.filter((block) => block.kind === 'item');
  const actions = [...items.flatMap((item) => [...(item.actions ?? []), ...(item.open ? [item.open] : [])]), ...(doc.actions ?? [])];
  return [
    ...sentenceProblems(doc.summary, 'a fallback that is no whole sentence'),
    ...(doc.title ? ownProblems(doc.title) : []),
    ...doc.blocks.flatMap(blockProblems),
    ...actions.flatMap(actionProblems),
    ...[...(doc.replies ?? []), ...(doc.next ?? [])].flatMap(problemsOf),
  ];
}

function blockProblems(block: Block): string[] {
  if (block.kind === 'code') return [];
  if (block.kind === 'item') return [...(block.facts ?? []).flatMap(ownProblems), ...(isPaper(block.title) ? [] : [block.body ?? ''].filter(Boolean).flatMap((body) => sentenceProblems(body, 'no whole sentence')))];
  const said = plainOf(block.spans);
  const last = block.spans.at(-1);
  // A heading; or what can be typed, at the end, as it is to be typed.
  if (typeof last === 'object' && ((last.bold && block.spans.length === 1) || last.code)) return ownProblems(block.spans.map((span) => (typeof span === 'object' && span.code ? '…' : plainOf([span]))).join(''));
  // Links, or counts, side by side; or a stranger's words behind ours.
  if (/ · /.test(said) || /^[a-z\d+−-]/.test(said) || LABELLED.test(said)) return ownProblems(said);
  return sentenceProblems(said, 'no whole sentence');
}

const LABELLED = /^(Published|Your note|In short, by Hugging Face’s model|Rising since [\w ]+): /;

function isPaper(title: Span): boolean {
  return typeof title !== 'string' && title.url !== undefined;
}

/** Ours from capital to full stop; a question and a colon before what follows will do, and an ellipsis where it was cut. */
function sentenceProblems(said: string, what: string): string[] {
  const isWhole = /^(?:[“(#/\d]|\p{Lu}|arXiv)/u.test(said) && /[.?:…](?:”|\))?$/.test(said);
  return [...(isWhole ? [] : [`${what}: ${said}`]), ...ownProblems(said)];
}

/** For any words of ours, on their own. */
export function ownProblems(said: string): string[] {
  const words = said.replace(/“[^”]*”/g, '“…”');
  // What arXiv asks for is its own.
  const prose = words.replace(ACKNOWLEDGEMENT, '').replace(TYPED, '…');
  const longest = Math.max(...words.split(/(?<=[.?:;])\s+/).map((sentence) => sentence.split(/\s+/).length));
  return [
    ...(prose.includes('!') ? ['an exclamation mark'] : []),
    ...(/["'`]/.test(prose) ? ['a straight quote'] : []),
    ...(/\bplease\b/i.test(prose) ? ['a “please”'] : []),
    ...(/\b(?:thank(?:s| you)|sorry|apolog\w+|successful\w*|oops)\b/i.test(prose) ? ['thanks, an apology or praise'] : []),
    ...(EMOJI.test(words) ? ['an emoji'] : []),
    ...[JARGON, OTHER_NAMES].flatMap((banned) => banned.exec(prose)?.slice(0, 1).map((word) => `the word “${word}”`) ?? []),
    ...(longest > LONGEST_SENTENCE ? [`a sentence of ${longest} words`] : []),
  ].map((problem) => `${problem}: ${said}`);
}

function actionProblems({ label, says }: Action): string[] {
  return [
    ...(/^[\p{Lu}/]/u.test(label) ? [] : [`a label without a capital: ${label}`]),
    ...(label.split(' ').length <= 3 || label.startsWith('/') ? [] : [`a label of more than three words: ${label}`]),
    ...(label.length <= LONGEST_LABEL || label.startsWith('/') ? [] : [`a label of more than ${LONGEST_LABEL} characters: ${label}`]),
    ...ownProblems(label.replaceAll('/', '')),
    ...(says.toLowerCase().startsWith(label.toLowerCase()) ? [] : [`the spoken name of [${label}] begins with something else: ${says}`]),
    ...(says.length > 75 ? [`spoken in more than 75 characters: ${says}`] : []),
    ...ownProblems(says),
  ];
}

/** What people see and hear of the payloads themselves: spoken names, pictures, and that nothing leaks. */
export function problemsOfLines(lines: Line[]): string[] {
  const buttons = lines.flatMap((line) => ('label' in line ? [line] : []));
  return [
    ...lines.flatMap((line) => ('text' in line && /\[object|\bundefined\b|\bNaN\b|\bnull\b/.test(line.text) ? [`it leaks: ${line.text}`] : [])),
    ...lines.flatMap((line) => ('text' in line && /^[\P{L}]*$/u.test(line.text) && EMOJI.test(line.text) ? [`a line of emoji alone: ${line.text}`] : [])),
    ...buttons.flatMap(({ label, spoken }) => (spoken && !spoken.toLowerCase().startsWith(label.toLowerCase()) ? [`the spoken name of [${label}] begins with something else: ${spoken}`] : [])),
    ...sameSpoken(buttons.flatMap(({ spoken }) => (spoken ? [spoken] : []))),
  ];
}

function sameSpoken(spoken: string[]): string[] {
  return spoken.filter((one, at) => spoken.indexOf(one) < at).map((one) => `two buttons that sound the same: ${one}`);
}

/** Every picture of a payload has words that stand for it, and no colour says anything by itself. */
export function problemsOfPictures(payload: Payload): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, alt_text: alt, image_url: url, image, thumbnail, style, attachments } = node as Record<string, unknown>;
    if ((type === 'image' || url !== undefined) && !isSaid(alt)) found.push('a picture without alt text');
    // An embed's picture has none; an attachment has a description.
    if (image !== undefined || thumbnail !== undefined) found.push('a picture in an embed, which can have no alt text');
    for (const one of (Array.isArray(attachments) ? attachments : []) as { filename?: string; description?: string }[]) {
      if (/\.(png|jpe?g|gif|webp)$/i.test(one.filename ?? '') && !isSaid(one.description)) found.push('a picture without a description');
    }
    if (style === 'danger' || style === 4) found.push('a button that warns by its colour');
    Object.values(node).forEach(walk);
  };
  walk(payload);
  return found;
}

function isSaid(words: unknown): boolean {
  return typeof words === 'string' && words.trim().length > 0;
}
