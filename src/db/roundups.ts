// The ledger: one roundup for a channel, a local date and a kind, with its messages already rendered.
import { randomBytes } from 'node:crypto';
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { LiveCount } from '../core/live.ts';
import type { ForumPost, Payload, Receipt } from '../core/platform.ts';
import type { Counts } from '../core/rise.ts';
import type { Channel } from './channels.ts';
import { listOf, rowsOf, type Db } from './connect.ts';
import { watchCounts } from './edits.ts';
import { outbox, roundupPapers, roundups, type OutboxStatus, type RoundupKind, type RoundupStatus } from './schema.ts';

export type Roundup = typeof roundups.$inferSelect;

/** `channel/date/kind`, as delivery/slots.ts names it. */
export const SLOT = sql<string>`${roundups.channelId} || '/' || ${roundups.on} || '/' || ${roundups.kind}`;

/** A paper that a roundup shows, and what was counted of it. */
export interface ShownPaper {
  id: number;
  why: string;
  counts: Counts;
  /** It was shown before, and rose since. */
  rises?: true;
}

export interface NewMessage {
  payload: Payload;
  reply: boolean;
  /** The paper that it alone is about. */
  paper?: number;
  /** When it begins a post in a forum. */
  post?: ForumPost;
  /** What of it is brought up to date once it was posted. */
  counts?: LiveCount[];
}

/** A slot, with what becomes of it. */
export interface NewRoundup {
  channelId: number;
  on: string;
  kind: RoundupKind;
  dueAt: Date;
  title: string;
  /** `skipped`, with the reason, has no messages. */
  status: 'queued' | 'skipped';
  why: string | null;
  /** In order. A reply goes under the last before it that is none. */
  messages: NewMessage[];
  papers: ShownPaper[];
  /** When its first message may go out. */
  tryAt: Date;
}

/**
 * Writes roundups, their messages and their papers in one transaction; returns those that were written. A slot that
 * has its roundup already, whoever made it, is left alone, unless it was only waiting for its sources.
 */
export async function writeRoundups(db: Db, made: NewRoundup[], now: Date): Promise<Roundup[]> {
  if (made.length === 0) return [];
  return db.transaction(async (tx) => {
    const rows = await tx
      .insert(roundups)
      .values(made.map(({ channelId, on, kind, dueAt, title, status, why }) => ({ channelId, on, kind, dueAt, title, status, why, createdAt: now })))
      .onConflictDoUpdate({
        target: [roundups.channelId, roundups.on, roundups.kind],
        set: { title: sql`excluded.title`, status: sql`excluded.status`, why: sql`excluded.why`, dueAt: sql`excluded.due_at`, createdAt: sql`excluded.created_at` },
        setWhere: eq(roundups.status, 'waiting'),
      })
      .returning();
    const written = rows.map((row) => ({ row, made: made.find((one) => one.channelId === row.channelId && one.on === row.on && one.kind === row.kind)! }));
    await insertMessages(tx, written);
    const papers = written.flatMap(({ row, made: { papers: shown, messages } }) =>
      shown.map(({ id, ...paper }, position) => ({ roundupId: row.id, channelId: row.channelId, paperId: id, position, message: messageOf(id, messages), ...paper })),
    );
    if (papers.length) await tx.insert(roundupPapers).values(papers);
    return rows;
  });
}

function messageOf(paper: number, messages: NewMessage[]): number {
  return Math.max(0, messages.findIndex((message) => message.paper === paper));
}

const IDS = { id: outbox.id, key: outbox.key };

async function insertMessages(tx: Db, written: { row: Roundup; made: NewRoundup }[]): Promise<void> {
  const all = written.flatMap(({ row, made }) =>
    made.messages.map(({ payload, post = null, reply, counts }, position) => ({
      reply,
      counts,
      values: { key: newKey(), roundupId: row.id, channelId: row.channelId, position, payload, post, status: 'queued' as const, tryAt: made.tryAt },
    })),
  );
  if (all.length === 0) return;
  const roots = all.filter(({ reply }) => !reply).map(({ values }) => values);
  const inserted = await tx.insert(outbox).values(roots).returning(IDS);
  const ids = new Map(inserted.map(({ key, id }) => [key, id]));
  let parentId: number | undefined;
  const replies = all.flatMap(({ reply, values }) => {
    if (!reply) parentId = ids.get(values.key);
    return reply ? [{ ...values, parentId }] : [];
  });
  if (replies.length) for (const { key, id } of await tx.insert(outbox).values(replies).returning(IDS)) ids.set(key, id);
  const counted = all.filter(({ counts }) => counts?.length);
  await watchCounts(tx, counted.map(({ counts, values }) => ({ messageId: ids.get(values.key)!, counts: counts! })), all[0]!.values.tryAt);
}

/**
 * Writes down that these slots wait for their sources: channels of these platforms that run, are due after `since`
 * and not after `now`, and have no roundup for it yet. Returns those slots.
 */
export async function writeWaiting(db: Db, platforms: string[], due: { since: Date; now: Date }, why: string): Promise<string[]> {
  const waiting = await rowsOf<{ slot: string }>(
    db,
    sql`
      insert into roundups (channel_id, "on", kind, title, status, why, due_at, created_at)
      select c.id, c.next_due_on, 'daily', '', 'waiting', ${why}, c.next_due_at, ${due.now.toISOString()} from channels c
      where c.paused_why is null and c.next_due_at > ${due.since.toISOString()} and c.next_due_at <= ${due.now.toISOString()}
        and c.platform in (${listOf(platforms)})
      on conflict do nothing returning channel_id || '/' || "on" || '/' || kind as slot`,
  );
  return waiting.map(({ slot }) => slot);
}

/** Whether any slot waits for its sources. */
export async function isWaiting(db: Db): Promise<boolean> {
  const [row] = await db.select({ id: roundups.id }).from(roundups).where(eq(roundups.status, 'waiting')).limit(1);
  return row !== undefined;
}

/** For what each of these channels' slots waits. */
export async function listWaiting(db: Db, channelIds: number[]): Promise<Map<number, string>> {
  const rows = await db
    .select({ channelId: roundups.channelId, why: roundups.why })
    .from(roundups)
    .where(and(eq(roundups.status, 'waiting'), inArray(roundups.channelId, channelIds)));
  return new Map(rows.map(({ channelId, why }) => [channelId, why ?? '']));
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

/** The latest roundups of a channel, newest first, with how many papers each had; those that it named again aren't counted. */
export async function listRoundups(db: Db, channel: Channel, most: number): Promise<(Roundup & { papers: number })[]> {
  const rows = await db
    .select({ roundup: roundups, papers: sql<number>`(select count(*) from roundup_papers p where p.roundup_id = ${roundups.id} and not p.rises)`.mapWith(Number) })
    .from(roundups)
    .where(eq(roundups.channelId, channel.id))
    .orderBy(desc(roundups.createdAt), desc(roundups.id))
    .limit(most);
  return rows.map(({ roundup, papers }) => ({ ...roundup, papers }));
}

export interface Showing {
  roundup: Roundup;
  why: string;
  /** It was named again, because its votes had jumped. */
  rises: boolean;
  message: OutboxStatus | null;
  error: string | null;
  sentAt: Date | null;
  receipt: Receipt | null;
}

/** In which roundups of this channel a paper is, latest first, and why; with what became of the message that it stands in, while that is kept. */
export async function listShowings(db: Db, channel: Channel, paperId: number): Promise<Showing[]> {
  return db
    .select({ roundup: roundups, why: roundupPapers.why, rises: roundupPapers.rises, message: outbox.status, error: outbox.error, sentAt: outbox.sentAt, receipt: outbox.receipt })
    .from(roundupPapers)
    .innerJoin(roundups, eq(roundups.id, roundupPapers.roundupId))
    .leftJoin(outbox, and(eq(outbox.roundupId, roundups.id), eq(outbox.position, roundupPapers.message)))
    .where(and(eq(roundupPapers.channelId, channel.id), eq(roundupPapers.paperId, paperId)))
    .orderBy(desc(roundups.createdAt));
}

/** Whether a channel has it from there: not one on its way, in doubt or failed, or only named again. */
export function isPosted({ roundup, message, rises }: Pick<Showing, 'roundup' | 'message' | 'rises'>): boolean {
  return roundup.status === 'sent' && message !== 'in_doubt' && message !== 'failed' && !rises;
}

/** The payloads of a roundup's messages, in order. */
export async function listPayloads(db: Db, roundupId: number): Promise<Payload[]> {
  const rows = await db.select({ payload: outbox.payload }).from(outbox).where(eq(outbox.roundupId, roundupId)).orderBy(asc(outbox.position));
  return rows.map((row) => row.payload);
}

/** A roundup that came to its end, under the name by which the log knows its slot. */
export interface Ended {
  slot: string;
  status: RoundupStatus;
  why: string | null;
}

/** A roundup whose every message is settled is settled too: sent when any of them was. This one, or all; returns those that ended. */
export async function settleRoundups(db: Db, roundupId?: number): Promise<Ended[]> {
  return db
    .update(roundups)
    .set({
      status: sql`case when exists (select from outbox o where o.roundup_id = roundups.id and o.status || '' in ('sent', 'in_doubt')) then 'sent' else 'failed' end`,
      why: sql`(select string_agg(distinct o.error, '; ') from outbox o where o.roundup_id = roundups.id and o.status in ('failed', 'in_doubt'))`,
    })
    .where(
      and(
        roundupId === undefined ? undefined : eq(roundups.id, roundupId),
        eq(roundups.status, 'queued'),
        // By roundup, not by the index of all pending messages: see `isNext` in outbox.ts.
        sql`not exists (select from outbox o where o.roundup_id = roundups.id and o.status || '' in ('queued', 'leased'))`,
      ),
    )
    .returning({ slot: SLOT, status: roundups.status, why: roundups.why });
}

/** Letters and digits only, 20 of them: fits Discord's nonce (25). */
export function newKey(): string {
  return randomBytes(15).toString('base64url').replace(/[-_]/g, 'x');
}
