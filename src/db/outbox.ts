// Messages on their way. A sender leases a row, posts it, and writes down what became of it.
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ForumPost, OutboxMessage, Receipt } from '../core/platform.ts';
import { refOf } from './channels.ts';
import { type Db, rowsOf } from './connect.ts';
import { channels, outbox, roundups, type OutboxStatus } from './schema.ts';

export interface Leased {
  id: number;
  roundupId: number;
  channelId: number;
  attempts: number;
  /** The slot that it belongs to, `channel/date/kind`: the same words in every log line of its life. */
  slot: string;
  /** When its roundup was due. */
  dueAt: Date;
  /** Nothing of its roundup comes after it. */
  last: boolean;
  /** True when an earlier try may have got through: look before sending. */
  doubtful: boolean;
  message: OutboxMessage;
}

/** Longer than a send with its time-out and the look for an earlier try; renewed while that goes on. */
export const LEASE_MS = 90_000;

/**
 * Leases up to `most` messages that are due on a platform: queued ones, and ones whose sender has died. A reply waits
 * for its parent's receipt, messages of one roundup go out in order, and a channel has one at a time, none while it is busy.
 */
export async function leaseMessages(db: Db, platform: string, owner: string, now: Date, most: number): Promise<Leased[]> {
  const at = now.toISOString();
  const until = new Date(now.getTime() + LEASE_MS).toISOString();
  const isFree = sql`o.status in ('queued', 'leased') and o.try_at <= ${at} and (o.lease_until is null or o.lease_until <= ${at})`;
  // Written so that its plan doesn't hang on statistics, which are older than a large fan-out: first what is pending,
  // then each by its keys, then again under the lock, since another process may have been quicker.
  const rows = await rowsOf<Row>(
    db,
    sql`
      with pending as materialized (
        select o.id, o.channel_id, o.roundup_id, o.parent_id, o.position, o.try_at from outbox o where ${isFree}
      ), ready as materialized (
        select o.id from pending o
        where (select c.paused_why is null and c.platform = ${platform} and (c.busy_until is null or c.busy_until <= ${at}) from channels c where c.id = o.channel_id)
          and not exists (select from outbox b where b.channel_id = o.channel_id and b.status = 'leased' and b.lease_until > ${at})
          and ${isNext}
        order by o.try_at, o.id limit ${most}
      ), due as (
        select o.id, o.channel_id, o.try_at from outbox o where o.id in (select id from ready) and ${isFree} for update of o skip locked
      ), one_a_channel as (
        select distinct on (channel_id) id from due order by channel_id, try_at, id
      ), leased as (
        update outbox o set status = 'leased', lease_owner = ${owner}, lease_until = ${until}, attempts = o.attempts + 1,
          first_tried_at = coalesce(o.first_tried_at, ${at})
        from one_a_channel due, outbox old where o.id = due.id and old.id = o.id
        returning o.id, o.key, o.roundup_id, o.channel_id, o.parent_id, o.position, o.payload, o.post, o.attempts,
          old.status = 'leased' as doubtful, old.first_tried_at
      )
      select l.id::float8 as id, l.key, l.roundup_id::float8 as "roundupId", l.channel_id::float8 as "channelId", l.payload, l.post,
        l.attempts, l.doubtful, l.first_tried_at::text as "firstTriedAt", parent.receipt as parent,
        not exists (select from outbox later where later.roundup_id = l.roundup_id and later.position > l.position) as last,
        r.title, l.channel_id || '/' || r.on || '/' || r.kind as slot, r.due_at::text as "dueAt", c.platform, c.workspace, c.external_id as "externalId", c.name, c.forum, c.silent, c.owner
      from leased l join channels c on c.id = l.channel_id join roundups r on r.id = l.roundup_id
      left join outbox parent on parent.id = l.parent_id
      order by l.id`,
  );
  return rows.map(toLeased);
}

/** Keeps messages whose sending takes its time. Returns the ids of those that are still this owner's. */
export async function renewLeases(db: Db, ids: number[], owner: string, now: Date): Promise<number[]> {
  if (ids.length === 0) return [];
  const kept = await db
    .update(outbox)
    .set({ leaseUntil: new Date(now.getTime() + LEASE_MS) })
    .where(and(inArray(outbox.id, ids), eq(outbox.leaseOwner, owner)))
    .returning({ id: outbox.id });
  return kept.map(({ id }) => id);
}

/** Gives back messages whose sending was not begun, as if they had never been leased: whoever comes next needn't wait. */
export async function giveBackLeases(db: Db, leased: Pick<Leased, 'id' | 'doubtful'>[], owner: string): Promise<void> {
  for (const doubtful of [true, false]) {
    const ids = leased.filter((one) => one.doubtful === doubtful).map(({ id }) => id);
    if (ids.length === 0) continue;
    await db
      .update(outbox)
      .set({
        // What was in doubt before still is: the next look comes first.
        status: doubtful ? 'leased' : 'queued',
        leaseOwner: null,
        leaseUntil: null,
        attempts: sql`${outbox.attempts} - 1`,
        firstTriedAt: sql`case when ${outbox.attempts} > 1 then ${outbox.firstTriedAt} end`,
      })
      .where(and(inArray(outbox.id, ids), eq(outbox.leaseOwner, owner)));
  }
}

export interface Outcome {
  status: OutboxStatus;
  receipt?: Receipt;
  error?: string;
  tryAt?: Date;
  sentAt?: Date;
}

/**
 * What became of a leased message, and until when its channel takes no other. Nothing happens when the lease went to
 * someone else meanwhile.
 */
export async function settleMessage(db: Db, id: number, owner: string, outcome: Outcome, busyUntil?: Date): Promise<boolean> {
  const settle = db
    .update(outbox)
    .set({ ...outcome, leaseOwner: null, leaseUntil: null })
    .where(and(eq(outbox.id, id), eq(outbox.leaseOwner, owner)))
    .returning({ channelId: outbox.channelId });
  if (!busyUntil) return (await settle).length > 0;
  const settled = db.$with('settled').as(settle);
  const done = await db.with(settled).update(channels).set({ busyUntil }).from(settled).where(eq(channels.id, settled.channelId)).returning({ id: channels.id });
  return done.length > 0;
}

/** A channel's messages of which nobody knows whether they got through, oldest first. */
export async function listDoubtful(db: Db, channelId: number): Promise<{ id: number; on: string; error: string | null; firstTriedAt: Date | null }[]> {
  return db
    .select({ id: outbox.id, on: roundups.on, error: outbox.error, firstTriedAt: outbox.firstTriedAt })
    .from(outbox)
    .innerJoin(roundups, eq(roundups.id, outbox.roundupId))
    .where(and(eq(outbox.channelId, channelId), eq(outbox.status, 'in_doubt')))
    .orderBy(outbox.id);
}

/**
 * Puts a message in doubt back into the queue, with what was to go under it, since a person has looked and says that
 * it isn't there. False when it is no longer in doubt: someone else was quicker.
 */
export async function sendAgain(db: Db, channelId: number, id: number, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const fresh = { status: 'queued' as const, tryAt: now, attempts: 0, firstTriedAt: null, error: null };
    const [row] = await tx
      .update(outbox)
      .set(fresh)
      .where(and(eq(outbox.id, id), eq(outbox.channelId, channelId), eq(outbox.status, 'in_doubt')))
      .returning({ roundupId: outbox.roundupId });
    if (!row) return false;
    await tx.update(outbox).set(fresh).where(and(eq(outbox.parentId, id), eq(outbox.status, 'failed')));
    await tx.update(roundups).set({ status: 'queued', why: null }).where(eq(roundups.id, row.roundupId));
    return true;
  });
}

/** A message in doubt that a person has found in the channel counts as sent. False when it is no longer in doubt. */
export async function markFound(db: Db, channelId: number, id: number): Promise<boolean> {
  const found = await db
    .update(outbox)
    .set({ status: 'sent', error: null, sentAt: outbox.firstTriedAt })
    .where(and(eq(outbox.id, id), eq(outbox.channelId, channelId), eq(outbox.status, 'in_doubt')))
    .returning({ id: outbox.id });
  return found.length > 0;
}

/** When the next message of a platform may be tried; undefined when none waits. */
export async function nextTry(db: Db, platform: string): Promise<Date | undefined> {
  const [row] = await rowsOf<{ at: string | null }>(
    db,
    sql`
      with pending as materialized (
        select o.id, o.channel_id, o.roundup_id, o.parent_id, o.position, o.try_at, o.lease_until from outbox o where o.status in ('queued', 'leased')
      )
      select min(greatest(o.try_at, o.lease_until, (select c.busy_until from channels c where c.id = o.channel_id)))::text as at from pending o
      where (select c.paused_why is null and c.platform = ${platform} from channels c where c.id = o.channel_id) and ${isNext}`,
  );
  return row?.at ? new Date(row.at) : undefined;
}

// The first of its roundup's messages that is not settled: the others wait for it. A reply whose parent failed has no
// place to go; should its sender have died before it wrote that down, db/reconcile.ts does.
// The look for earlier ones goes by roundup: `|| ''` keeps it off the index of all pending messages, which a planner
// whose statistics are older than a large fan-out takes for short (39 s in place of 40 ms for 8,000 messages).
const isNext = sql`(o.parent_id is null or exists (select from outbox p where p.id = o.parent_id and p.status = 'sent')) and not exists (
  select from outbox earlier where earlier.roundup_id = o.roundup_id and earlier.position < o.position
    and earlier.status || '' in ('queued', 'leased'))`;

interface Row {
  id: number;
  key: string;
  roundupId: number;
  channelId: number;
  payload: OutboxMessage['payload'];
  post: ForumPost | null;
  attempts: number;
  doubtful: boolean;
  last: boolean;
  slot: string;
  firstTriedAt: string | null;
  parent: Receipt | null;
  title: string;
  dueAt: string;
  platform: string;
  workspace: string;
  externalId: string;
  name: string | null;
  owner: string | null;
  forum: boolean;
  silent: boolean;
}

function toLeased(row: Row): Leased {
  return {
    id: row.id,
    roundupId: row.roundupId,
    channelId: row.channelId,
    attempts: row.attempts,
    dueAt: new Date(row.dueAt),
    doubtful: row.doubtful,
    last: row.last,
    slot: row.slot,
    message: {
      key: row.key,
      channel: refOf(row),
      payload: row.payload,
      title: row.title,
      parent: row.parent ?? undefined,
      ...(row.post ? { post: row.post } : {}),
      ...(row.silent ? { silent: true } : {}),
      firstTriedAt: row.firstTriedAt ? new Date(row.firstTriedAt) : undefined,
    },
  };
}
