// The ledger: one roundup for a channel, a local date and a kind, with its messages already rendered.
import { randomBytes } from 'node:crypto';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Payload, Receipt } from '../core/chat.ts';
import type { Channel } from './channels.ts';
import type { Db } from './connect.ts';
import { outbox, roundupPapers, roundups, type RoundupKind, type RoundupStatus } from './schema.ts';

export type Roundup = typeof roundups.$inferSelect;

export interface NewRoundup {
  on: string;
  kind: RoundupKind;
  title: string;
  dueAt: Date;
  /** The first is the parent; the others go under it. */
  messages: { payload: Payload; reply: boolean }[];
  papers: { id: number; why: string }[];
}

/**
 * Writes a roundup and its messages in one transaction. Undefined when this slot has one already, whoever made it:
 * then nothing is written.
 */
export async function enqueueRoundup(db: Db, channel: Channel, roundup: NewRoundup, now: Date): Promise<Roundup | undefined> {
  return db.transaction(async (tx) => {
    const [row] = await insertRoundup(tx, channel, { ...roundup, status: 'queued', why: null }, now);
    if (!row) return undefined;
    let parentId: number | null = null;
    for (const [position, message] of roundup.messages.entries()) {
      const [sent]: { id: number }[] = await tx
        .insert(outbox)
        .values({
          key: newKey(),
          roundupId: row.id,
          channelId: channel.id,
          parentId: message.reply ? parentId : null,
          position,
          payload: message.payload,
          status: 'queued',
          tryAt: now,
        })
        .returning({ id: outbox.id });
      parentId ??= sent!.id;
    }
    if (roundup.papers.length) {
      await tx.insert(roundupPapers).values(
        roundup.papers.map((paper, position) => ({
          roundupId: row.id,
          channelId: channel.id,
          paperId: paper.id,
          position,
          why: paper.why,
        })),
      );
    }
    return row;
  });
}

/** Writes down that a slot ends without a post, and why. */
export async function skipRoundup(
  db: Db,
  channel: Channel,
  slot: { on: string; kind: RoundupKind; dueAt: Date },
  why: string,
  now: Date,
): Promise<void> {
  await insertRoundup(db, channel, { ...slot, title: '', status: 'skipped', why }, now);
}

export async function findRoundup(db: Db, channel: Channel, on: string, kind: RoundupKind): Promise<Roundup | undefined> {
  const [row] = await db
    .select()
    .from(roundups)
    .where(and(eq(roundups.channelId, channel.id), eq(roundups.on, on), eq(roundups.kind, kind)));
  return row;
}

/** The latest roundup that was sent, with the receipt of its parent message. */
export async function lastSent(db: Db, channel: Channel): Promise<{ roundup: Roundup; receipt: Receipt | null; sentAt: Date | null } | undefined> {
  const [row] = await db
    .select({ roundup: roundups, receipt: outbox.receipt, sentAt: outbox.sentAt })
    .from(roundups)
    .innerJoin(outbox, and(eq(outbox.roundupId, roundups.id), eq(outbox.position, 0)))
    .where(and(eq(roundups.channelId, channel.id), eq(outbox.status, 'sent')))
    .orderBy(desc(roundups.createdAt))
    .limit(1);
  return row;
}

/** The latest roundups of a channel, newest first, with how many papers each had. */
export async function listRoundups(db: Db, channel: Channel, most: number): Promise<(Roundup & { papers: number })[]> {
  const rows = await db
    .select({ roundup: roundups, papers: sql<number>`(select count(*) from roundup_papers p where p.roundup_id = ${roundups.id})`.mapWith(Number) })
    .from(roundups)
    .where(eq(roundups.channelId, channel.id))
    .orderBy(desc(roundups.createdAt), desc(roundups.id))
    .limit(most);
  return rows.map(({ roundup, papers }) => ({ ...roundup, papers }));
}

/** When this channel was shown a paper, latest first, and why. */
export async function listShowings(db: Db, channel: Channel, paperId: number): Promise<{ roundup: Roundup; why: string; receipt: Receipt | null }[]> {
  return db
    .select({ roundup: roundups, why: roundupPapers.why, receipt: outbox.receipt })
    .from(roundupPapers)
    .innerJoin(roundups, eq(roundups.id, roundupPapers.roundupId))
    .leftJoin(outbox, and(eq(outbox.roundupId, roundups.id), eq(outbox.position, 0)))
    .where(and(eq(roundupPapers.channelId, channel.id), eq(roundupPapers.paperId, paperId)))
    .orderBy(desc(roundups.createdAt));
}

/** The payloads of a roundup's messages, in order. */
export async function listPayloads(db: Db, roundupId: number): Promise<Payload[]> {
  const rows = await db.select({ payload: outbox.payload }).from(outbox).where(eq(outbox.roundupId, roundupId)).orderBy(asc(outbox.position));
  return rows.map((row) => row.payload);
}

/** A roundup whose every message is settled is settled too: sent when its parent was. This one, or all; returns how many ended. */
export async function settleRoundups(db: Db, roundupId?: number): Promise<number> {
  const ended = await db
    .update(roundups)
    .set({
      status: sql`case when (select o.status from outbox o where o.roundup_id = roundups.id and o.position = 0) in ('sent', 'in_doubt') then 'sent' else 'failed' end`,
      why: sql`(select string_agg(distinct o.error, '; ') from outbox o where o.roundup_id = roundups.id and o.status in ('failed', 'in_doubt'))`,
    })
    .where(
      and(
        roundupId === undefined ? undefined : eq(roundups.id, roundupId),
        eq(roundups.status, 'queued'),
        sql`not exists (select from outbox o where o.roundup_id = roundups.id and o.status in ('queued', 'leased'))`,
      ),
    )
    .returning({ id: roundups.id });
  return ended.length;
}

/** Letters and digits only, 20 of them: fits Discord's nonce (25). */
export function newKey(): string {
  return randomBytes(15).toString('base64url').replace(/[-_]/g, 'x');
}

function insertRoundup(
  db: Db,
  channel: Channel,
  roundup: { on: string; kind: RoundupKind; title: string; dueAt: Date; status: RoundupStatus; why: string | null },
  now: Date,
): Promise<Roundup[]> {
  const { on, kind, title, dueAt, status, why } = roundup;
  return db
    .insert(roundups)
    .values({ channelId: channel.id, on, kind, title, dueAt, status, why, createdAt: now })
    .onConflictDoNothing()
    .returning();
}
