// A document as the bodies of chat.postMessage and of answers: pure, split at the borders of items.
import type { KnownBlock } from '@slack/types';
import type { Answer } from '../../core/chat.ts';
import type { Payload } from '../../core/platform.ts';
import type { Doc } from '../../core/doc.ts';
import { clip } from '../../core/text.ts';
import { piecesOf, sizeOf, type Piece } from './blocks.ts';
import { MOST } from './limits.ts';
import { escapeText } from './markup.ts';

/** The bodies of chat.postMessage, in order, without channel, thread and metadata. */
export function render(doc: Doc): Payload[] {
  return payloadsOf(doc, piecesOf(doc, MOST.block));
}

/**
 * The bodies for a response_url, which takes few messages: the bodies of items are cut shorter rather than
 * items dropped. Never replaces the message whose button was pressed.
 */
export function renderAnswer({ doc, audience }: Answer): Payload[] {
  let payloads: Payload[] = [];
  for (const bodyMost of [MOST.block, 1_000, 300, 0]) {
    payloads = payloadsOf(doc, piecesOf(doc, bodyMost));
    if (payloads.length <= MOST.responses) break;
  }
  const seenBy = { response_type: audience === 'asker' ? 'ephemeral' : 'in_channel', replace_original: false };
  return payloads.slice(0, MOST.responses).map((payload) => ({ ...seenBy, ...payload }));
}

function payloadsOf(doc: Doc, pieces: Piece[]): Payload[] {
  const pages = packed(pieces);
  return pages.map((blocks, at) => ({
    text: escapeText(at === 0 ? clip(doc.summary, MOST.text) : sentenceOf(doc, at + 1, pages.length)),
    blocks,
    unfurl_links: false,
    unfurl_media: false,
  }));
}

function packed(pieces: Piece[]): KnownBlock[][] {
  const pages: KnownBlock[][] = [];
  for (const piece of pieces) {
    const page = pages.at(-1);
    const grown = [...(page ?? []), ...piece];
    if (page && grown.length <= MOST.blocks && sizeOf(grown) <= MOST.total) page.push(...piece);
    else pages.push(piece.filter(({ type }, at) => at > 0 || type !== 'divider'));
  }
  return pages;
}

// What a screen reader says of a later part: it is a message of its own.
function sentenceOf(doc: Doc, part: number, parts: number): string {
  return `This is part ${part} of ${parts} of “${clip(doc.title ?? doc.summary, MOST.header)}”.`;
}
