// A document as a view: a person's Home, or an answer in a modal.
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { note, type Action, type Doc } from '../../core/doc.ts';
import { clip } from '../../core/text.ts';
import { piecesOf, sizeOf } from './blocks.ts';
import { MOST } from './limits.ts';

export function homeView(doc: Doc): HomeView {
  return { type: 'home', blocks: blocksOf(doc) };
}

/** A modal is in no channel: its buttons are for this one, and its title says so. */
export function answerView(doc: Doc, channel: { id?: string; name?: string | undefined } = {}): ModalView {
  const title = channel.name ? clip(`#${channel.name}`, MOST.viewTitle) : 'Paperround';
  return { type: 'modal', title: plainText(title), close: plainText('Close'), blocks: blocksOf(channel.id ? inChannel(doc, channel.id) : doc) };
}

export function plainText(text: string) {
  return { type: 'plain_text' as const, text, emoji: false };
}

// Whole pieces, as many as fit; that there was more is said.
function blocksOf(doc: Doc): KnownBlock[] {
  const pieces = piecesOf(doc, MOST.block);
  const [last] = piecesOf({ summary: '', blocks: [note('There is more than fits here: the same command in a channel shows all of it.')] }, MOST.block);
  const blocks: KnownBlock[] = [];
  for (const [at, piece] of pieces.entries()) {
    const grown = [...blocks, ...piece];
    const room = at === pieces.length - 1 ? 0 : last!.length;
    if (grown.length + room > MOST.viewBlocks || sizeOf(grown) > MOST.view) return [...blocks, ...last!];
    blocks.push(...piece);
  }
  return blocks;
}

function inChannel(doc: Doc, channel: string): Doc {
  const here = (action: Action): Action => ({ ...action, call: { channel, ...action.call } });
  return {
    ...doc,
    blocks: doc.blocks.map((block) => (block.kind === 'item' ? { ...block, actions: (block.actions ?? []).map(here), ...(block.open ? { open: here(block.open) } : {}) } : block)),
    actions: (doc.actions ?? []).map(here),
  };
}
