// A document as Discord messages: the summary as text, each paper an embed of its own, its buttons below.
import type { Answer } from '../../core/chat.ts';
import type { Payload } from '../../core/platform.ts';
import { itemRank, plainOf, type Block, type Doc, type Span } from '../../core/doc.ts';
import { buttonRows, chunk, MOST_BUTTONS, MOST_ROWS, pressable, ROW_BUTTONS } from './buttons.ts';
import { escape, escapeLabel, fit, webUrl } from './escape.ts';
import { COLOR, pack, type Embed, type Message, type Piece } from './pack.ts';
import { selectRow, type Choice } from './select.ts';
import { codeBlock, markdown } from './spans.ts';

/** Source: Discord's message resource: content 2,000, embed title 256, description 4,096. */
const CONTENT = 2_000;
const TITLE = 256;
const DESCRIPTION = 4_096;
/** So much that a paper's abstract fits beside it. */
const CODE = 3_000;
const FACTS = 1_000;
const SHORT_TITLE = 300;
/** With less room than this beside a long address, a body is better off in an embed. */
const LEAST_BODY = 900;

/** Shown only to the one who asked (source: Discord's message flags). */
export const EPHEMERAL = 1 << 6;

type Item = Extract<Block, { kind: 'item' }>;

/**
 * The bodies of the Create Message requests that show `doc` without its replies. The first begins with the summary, or
 * with the paper whose title it is, since that is what notifications and screen readers meet first.
 */
export function render(doc: Doc): Payload[] {
  const lead = leadOf(doc);
  const messages = pack([...piecesOf(doc, lead !== undefined), ...buttonsBelow(doc)]);
  return (messages.length ? messages : [{ embeds: [], groups: [], choices: [] }]).map((message, index) => {
    const components = componentsOf(message);
    return {
      ...(index === 0 ? { content: lead ?? contentOf(doc) } : message.embeds.length ? {} : { content: 'More to choose from:' }),
      ...(message.embeds.length ? { embeds: message.embeds } : {}),
      ...(components.length ? { components } : {}),
      allowed_mentions: { parse: [] },
    };
  });
}

function componentsOf({ groups, choices }: Message): object[] {
  const [only] = choices;
  if (choices.length > 1) return [selectRow(choices), ...buttonRows(groups, MOST_ROWS - 1)];
  return buttonRows(only ? [{ number: undefined, actions: only.actions }, ...groups] : groups);
}

/** The messages that answer an interaction. There is no thread to put replies in, so they follow. */
export function renderAnswer({ doc, audience }: Answer): Payload[] {
  const payloads = [doc, ...(doc.replies ?? [])].flatMap(render);
  return audience === 'asker' ? payloads.map((payload) => ({ ...payload, flags: EPHEMERAL })) : payloads;
}

function contentOf(doc: Doc): string {
  // Under a heading the summary is small print: it is there for notifications and screen readers.
  const title = doc.title ? `### ${fit(doc.title, SHORT_TITLE, escapeLabel)}\n-# ` : '';
  const opening = doc.blocks[0];
  const spans = opening && repeats(opening, doc.summary) ? opening.spans : [doc.summary];
  return title + markdown(spans, CONTENT - title.length);
}

// A document about one paper says it like a person: in the text, not in an embed below its own title.
function leadOf({ title, summary, blocks: [opening] }: Doc): string | undefined {
  if (title || opening?.kind !== 'item' || !opening.body || !isTitle(opening, summary)) return undefined;
  const head = `${itemLine(opening, undefined)}\n`;
  const room = CONTENT - head.length;
  return room < LEAST_BODY ? undefined : head + fit(opening.body, room);
}

function isTitle(item: Item, summary: string): boolean {
  const title = plainOf([item.title]);
  return summary === title || summary === `${title}.`;
}

function repeats(block: Block, summary: string): block is Extract<Block, { kind: 'text' }> {
  return block.kind === 'text' && plainOf(block.spans) === summary;
}

// Neighbouring lines share an embed; a paper with an abstract has its own. `isLed`: the first block stands in the text.
function piecesOf({ blocks, summary }: Doc, isLed: boolean): Piece[] {
  const pieces: Piece[] = [];
  const numbered = blocks.filter((block) => block.kind === 'item' && pressable(block.actions).length).length > 1;
  let number = 0;
  for (const [at, block] of blocks.entries()) {
    if (at === 0 && repeats(block, summary)) continue;
    if (block.kind !== 'item') {
      const line = lineOf(block);
      if (line) pieces.push({ line, groups: [] });
      continue;
    }
    const choice = choiceOf(block);
    const actions = choice ? [] : chunk(pressable(block.actions), MOST_BUTTONS);
    const shown = numbered && actions.length ? (rankOf(block) ?? ++number) : undefined;
    const groups = actions.map((some) => ({ number: shown, actions: some }));
    const face = at === 0 && isLed ? {} : block.body ? { embed: embedOf(block, block.body, shown) } : { line: itemLine(block, shown) };
    pieces.push({ ...face, ...(choice ? { choice } : {}), groups: groups.slice(0, 1) }, ...groups.slice(1).map((group) => ({ groups: [group] })));
  }
  return pieces;
}

function choiceOf({ title, facts = [], actions = [], open }: Item): Choice | undefined {
  const own = pressable([...actions, open]);
  return open && own.includes(open) && own.length <= ROW_BUTTONS ? { title: plainOf([title]), facts, open: open.call, actions: own } : undefined;
}

function buttonsBelow(doc: Doc): Piece[] {
  return chunk(pressable(doc.actions), MOST_BUTTONS).map((actions) => ({ groups: [{ number: undefined, actions }] }));
}

function lineOf(block: Exclude<Block, Item>): string {
  if (block.kind === 'code') return block.text.trim() && codeBlock(block.text, CODE);
  if (!plainOf(block.spans).trim()) return '';
  return block.kind === 'note' ? `-# ${markdown(block.spans, DESCRIPTION - 3)}` : markdown(block.spans, DESCRIPTION);
}

function embedOf(item: Item, body: string, number: number | undefined): Embed {
  const facts = factsOf(item);
  const url = webUrl(urlOf(item.title));
  return {
    title: titleOf(item, number, TITLE),
    ...(url ? { url } : {}),
    description: `${facts}${facts && '\n'}${fit(body, DESCRIPTION - facts.length - 1)}`,
    color: COLOR,
  };
}

function itemLine(item: Item, number: number | undefined): string {
  const url = webUrl(urlOf(item.title));
  const title = titleOf(item, number, SHORT_TITLE);
  const facts = factsOf(item);
  return `${url ? `**[${title}](<${url}>)**` : `**${title}**`}${facts && `\n${facts}`}`;
}

function titleOf(item: Item, number: number | undefined, most: number): string {
  const text = plainOf([item.title]);
  return fit(number === undefined || rankOf(item) ? text : `${number}. ${text}`, most, escapeLabel);
}

// A title that already begins with its rank keeps it, and its buttons take it.
function rankOf(item: Item): number | undefined {
  const { rank } = itemRank(item);
  return rank === undefined ? undefined : Number(rank);
}

function factsOf({ facts = [] }: Item): string {
  return facts.length ? `-# ${fit(facts.join(' · '), FACTS, escape)}` : '';
}

function urlOf(span: Span): string | undefined {
  return typeof span === 'string' ? undefined : span.url;
}
