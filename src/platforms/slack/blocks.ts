// A document as Block Kit. Strangers' text stands in plain_text and rich_text alone, where Slack reads no markup.
import type { ActionsBlock, Button, KnownBlock, RichTextBlock, RichTextLink, RichTextPreformatted, RichTextText } from '@slack/types';
import { itemActions, itemRank, plainOf, type Action, type Block, type Doc, type Span } from '../../core/doc.ts';
import { clip } from '../../core/text.ts';
import { MOST } from './limits.ts';

/** Blocks that belong together and stay in one message. */
export type Piece = KnownBlock[];

/** The document in pieces, each within every limit; the bodies of its items have at most `bodyMost` characters. */
export function piecesOf(doc: Doc, bodyMost: number): Piece[] {
  let buttons = 0;
  const rowsOf = (actions: Action[] = []): ActionsBlock[] => {
    const elements = actions.map((action) => buttonOf(action, ++buttons));
    return chunksOf(elements, MOST.row).map((row) => ({ type: 'actions', elements: row }));
  };
  // Slack refuses a whole message for one empty text.
  const filled = doc.blocks.filter((block) => block.kind === 'item' || (block.kind === 'code' ? block.text : plainOf(block.spans)).trim());
  const shown: Block[] = doc.title || filled.length > 0 ? filled : [{ kind: 'text', spans: [doc.summary] }];
  const { blocks, gathered } = gatherButtons(shown);
  const last = blocks.at(-1);
  // Else they would seem to be the last paper's.
  const endsInButtons = last?.kind === 'item' && itemActions(last).length > 0;
  return [
    ...(doc.title ? [[headerOf(doc.title)]] : []),
    ...blocks.map((block, at): Piece => {
      if (block.kind === 'code') return [codeOf(block.text)];
      if (block.kind !== 'item') return block.kind === 'note' ? [noteOf(block.spans)] : [richTextOf(block.spans)];
      const rows = rowsOf(itemActions(block));
      // Buttons between two papers would seem to belong to either.
      const line: Piece = at > 0 && rows.length > 0 && block.body ? [{ type: 'divider' }] : [];
      return [...line, ...itemOf(block, bodyMost, rows)];
    }),
    ...rowsOf([...gathered, ...(doc.actions ?? [])]).map((row, at): Piece => (at === 0 && endsInButtons ? [{ type: 'divider' }, row] : [row])),
  ];
}

// Numbered items with one button each share a row below the list, `1 · Details`: a row under each would tear it apart.
function gatherButtons(blocks: Block[]): { blocks: Block[]; gathered: Action[] } {
  const single = blocks.filter((block) => block.kind === 'item' && block.actions?.length === 1 && itemRank(block).rank !== undefined);
  if (single.length < 2 || blocks.some((block) => block.kind === 'item' && !single.includes(block))) return { blocks, gathered: [] };
  const ranked = (rank: string, action: Action): Action => ({ ...action, label: `${rank} · ${action.label}`, says: `${rank} · ${action.says}` });
  const gathered = single.flatMap((block) => (block.kind === 'item' ? (block.actions ?? []).map((action) => ranked(itemRank(block).rank!, action)) : []));
  return { blocks: blocks.map((block) => (block.kind === 'item' ? { ...block, actions: [] } : block)), gathered };
}

/** How much of a message's total the blocks take, in bytes: Slack counts more than the text alone. */
export function sizeOf(blocks: KnownBlock[]): number {
  return Buffer.byteLength(JSON.stringify(blocks));
}

function headerOf(title: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text: clip(title, MOST.header), emoji: false } };
}

function itemOf(item: Block & { kind: 'item' }, bodyMost: number, rows: ActionsBlock[]): Piece {
  const title = typeof item.title === 'string' ? { text: item.title } : item.title;
  const name = clip(title.text, MOST.title) || 'Untitled';
  const facts = clip((item.facts ?? []).join(' · '), MOST.facts);
  const room = MOST.block - name.length - facts.length - 2;
  for (let most = Math.min(room, bodyMost); ; most = Math.floor(most / 2)) {
    const body = most > 1 ? clip(item.body ?? '', most) : '';
    // Facts are small print under an excerpt; in a list of titles they stay with their title.
    const lines = (body ? [body] : [facts]).filter(Boolean).map((line) => `\n${line}`);
    const small = body && facts ? [contextOf(facts)] : [];
    const piece = [richTextOf([{ ...title, text: name, bold: true }, ...lines]), ...small, ...rows];
    // Characters outside ASCII take up to four bytes: the body makes room, the title stays.
    if (!body || sizeOf(piece) <= MOST.total) return piece;
  }
}

// Context takes no links in plain_text, so a note with a link is a rich text in italics.
function noteOf(spans: Span[]): KnownBlock {
  if (spans.some((span) => typeof span !== 'string' && span.url)) return richTextOf(spans, { italic: true });
  return contextOf(plainOf(spans));
}

function contextOf(text: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: clip(text, MOST.note), emoji: false }] };
}

function codeOf(text: string): RichTextBlock {
  const lines: RichTextPreformatted = { type: 'rich_text_preformatted', elements: [{ type: 'text', text: clip(text, MOST.block) }] };
  return { type: 'rich_text', elements: [lines] };
}

function richTextOf(spans: Span[], style: { italic?: true } = {}): RichTextBlock {
  const elements: (RichTextText | RichTextLink)[] = [];
  let room = MOST.block;
  for (const span of spans) {
    const { text, url, bold, code } = typeof span === 'string' ? { text: span } : span;
    const kept = room > 1 ? clip(text, room) : '';
    room -= kept.length;
    if (!kept) continue;
    const look = { ...style, ...(bold && { bold }), ...(code && { code }) };
    const styled = Object.keys(look).length > 0 ? { style: look } : {};
    elements.push(isLink(url) ? { type: 'link', url, text: kept, ...styled } : { type: 'text', text: kept, ...styled });
  }
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

export function buttonOf({ label, says, call }: Action, position: number): Button {
  return {
    type: 'button',
    // Ids must differ within a message; what the button does stands in its value.
    action_id: `${position}:${call.name}`,
    text: { type: 'plain_text', text: clip(label, MOST.label), emoji: false },
    value: `${call.channel ? `#${call.channel} ` : ''}${call.name} ${call.text}`,
    accessibility_label: spokenOf(label, says),
  };
}

// Who speaks to their machine says what stands on the button, so its spoken name begins with that (WCAG 2.5.3).
function spokenOf(label: string, says: string): string {
  return clip(says.toLowerCase().startsWith(label.toLowerCase()) ? says : `${label}: ${says}`, MOST.label);
}

/** The action ids of buttons. */
export const BUTTON = /^\d+:/;

/** The call that a button carries in its value. */
export function readButton(value = ''): { command: string; text: string; channel: string | undefined } {
  const [, channel, command = '', text = ''] = /^(?:#(\S+) )?(\S+) ?(.*)$/s.exec(value) ?? [];
  return { command, text, channel };
}

export function isLink(url: string | undefined): url is string {
  return url !== undefined && url.length <= MOST.url && /^https?:/i.test(url) && URL.canParse(url);
}

function chunksOf<T>(list: T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, at) => list.slice(at * most, (at + 1) * most));
}
