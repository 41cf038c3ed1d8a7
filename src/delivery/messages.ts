// A roundup on its way from a document to the ledger.
import type { Payload, Platform } from '../core/chat.ts';
import type { Doc } from '../core/doc.ts';
import { takeMarks, unmarked, type LiveCount } from '../core/live.ts';
import type { Paper } from '../core/paper.ts';
import type { Counts } from '../core/rise.ts';
import type { Channel } from '../db/channels.ts';
import type { NewRoundup } from '../db/roundups.ts';
import type { MadeRoundup } from './make.ts';
import type { RoundupSlot } from './slots.ts';

/** A roundup that was made, as the ledger takes it; its first message may go out at `tryAt`. */
export function queued(channel: Channel, platform: Platform, slot: RoundupSlot, { doc, items, rising }: MadeRoundup, tryAt: Date): NewRoundup {
  const papers = [
    ...items.map(({ paper, why }) => ({ id: paper.id, why: unmarked(why.join(' · ')), counts: countsOf(paper) })),
    ...rising.map(({ paper, words }) => ({ id: paper.id, why: words.join(' · '), counts: countsOf(paper), rises: true as const })),
  ];
  return { ...slot, channelId: channel.id, title: doc.title ?? doc.summary, status: 'queued', why: null, messages: messagesOf(platform, doc), papers, tryAt };
}

/** A slot that ends without a post, and why. */
export function skipped(channel: Channel, slot: RoundupSlot, why: string, now: Date): NewRoundup {
  return { ...slot, channelId: channel.id, title: '', status: 'skipped', why, messages: [], papers: [], tryAt: now };
}

/** A roundup as a platform's final messages: the first is the parent, the rest go under it, in order. `counts`: what of them is brought up to date. */
export function messagesOf(platform: Platform, doc: Doc): { payload: Payload; reply: boolean; counts: LiveCount[] }[] {
  const replies = platform.can.thread ? (doc.replies ?? []) : [];
  return [doc, ...replies].flatMap((part) => platform.render(part)).map((payload, i) => ({ ...takeMarks(payload), reply: i > 0 }));
}

function countsOf({ upvotes, stars }: Paper): Counts {
  return { upvotes, stars };
}
