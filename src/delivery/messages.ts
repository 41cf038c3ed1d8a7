// A roundup on its way from a document to the ledger.
import { plainOf, type Doc } from '../core/doc.ts';
import { takeMarks, unmarked } from '../core/live.ts';
import type { Platform } from '../core/platform.ts';
import type { Paper } from '../core/paper.ts';
import type { Counts } from '../core/rise.ts';
import type { Channel } from '../db/channels.ts';
import type { NewMessage, NewRoundup } from '../db/roundups.ts';
import type { MadeRoundup, RoundupQuery } from './make.ts';
import type { RoundupSlot } from './slots.ts';

/** A roundup that was made, as the ledger takes it; its first message may go out at `tryAt`. */
export function queued(channel: Channel, platform: Platform, slot: RoundupSlot, { doc, items, rising }: MadeRoundup, tryAt: Date): NewRoundup {
  const papers = [
    ...items.map(({ paper, why }) => ({ id: paper.id, why: unmarked(why.join(' · ')), counts: countsOf(paper) })),
    ...rising.map(({ paper, words }) => ({ id: paper.id, why: words.join(' · '), counts: countsOf(paper), rises: true as const })),
  ];
  return { ...slot, channelId: channel.id, title: doc.title ?? doc.summary, status: 'queued', why: null, messages: messagesOf(platform, doc, channel.forum), papers, tryAt };
}

/** How a channel's roundup looks. */
export function lookOf({ layout, forum }: Pick<Channel, 'layout' | 'forum'>, platform: Platform): RoundupQuery['look'] {
  return { layout: platform.onePost && layout === 'each' ? 'full' : layout, threads: platform.can.thread, forum };
}

/** A slot that ends without a post, and why. */
export function skipped(channel: Channel, slot: RoundupSlot, why: string, now: Date): NewRoundup {
  return { ...slot, channelId: channel.id, title: '', status: 'skipped', why, messages: [], papers: [], tryAt: now };
}

/**
 * A roundup as a platform's final messages, in order. What doesn't fit one message goes on in the channel, replies go
 * under what they belong to. In a forum all that is one post, or, where each paper has a message, a post for each.
 */
export function messagesOf(platform: Platform, doc: Doc, forum = false): NewMessage[] {
  const { next = [] } = doc;
  const docs = forum && next.length ? next : [doc, ...next];
  return docs.flatMap((one) => {
    const replies = platform.can.thread ? (one.replies ?? []) : [];
    const post = forum ? { post: { name: nameOf(one), about: one.about ?? [] } } : {};
    const paper = one.paper === undefined ? {} : { paper: one.paper };
    return [
      ...platform.render(one).map((payload, i) => (forum && i > 0 ? { ...takeMarks(payload), reply: true } : { ...takeMarks(payload), reply: false, ...paper, ...post })),
      ...replies.flatMap((reply) => platform.render(reply)).map((payload) => ({ ...takeMarks(payload), reply: true })),
    ];
  });
}

function nameOf({ title, summary, blocks }: Doc): string {
  const item = blocks.find((block) => block.kind === 'item');
  return unmarked(title ?? (item ? plainOf([item.title]) : summary));
}

function countsOf({ upvotes, stars }: Paper): Counts {
  return { upvotes, stars };
}
