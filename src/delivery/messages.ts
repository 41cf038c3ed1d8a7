// A roundup on its way from a document to the ledger.
import type { Payload, Platform } from '../core/chat.ts';
import type { Doc } from '../core/doc.ts';
import type { Channel } from '../db/channels.ts';
import type { Db } from '../db/connect.ts';
import { enqueueRoundup, type Roundup } from '../db/roundups.ts';
import type { RoundupKind } from '../db/schema.ts';
import type { MadeRoundup } from './make.ts';

export interface RoundupSlot {
  on: string;
  kind: RoundupKind;
  dueAt: Date;
}

/** Writes a roundup that was made, with its messages, into the ledger. Undefined when its slot has one already. */
export function queueRoundup(db: Db, channel: Channel, platform: Platform, slot: RoundupSlot, { doc, items }: MadeRoundup, now: Date): Promise<Roundup | undefined> {
  const papers = items.map((item) => ({ id: item.paper.id, why: item.why.join(' · ') }));
  return enqueueRoundup(db, channel, { ...slot, title: doc.title ?? doc.summary, messages: messagesOf(platform, doc), papers }, now);
}

/** A roundup as a platform's final messages: the first is the parent, the rest go under it, in order. */
export function messagesOf(platform: Platform, doc: Doc): { payload: Payload; reply: boolean }[] {
  const replies = platform.can.thread ? (doc.replies ?? []) : [];
  return [doc, ...replies].flatMap((part) => platform.render(part)).map((payload, i) => ({ payload, reply: i > 0 }));
}
