// Messages on their way. A sender leases a row, posts it, and writes down what became of it.
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { OutboxMessage, Receipt } from '../core/chat.ts';
import { type Db, rowsOf } from './connect.ts';
import { outbox, roundups, type OutboxStatus } from './schema.ts';

export interface Leased {
  id: number;
  roundupId: number;
  channelId: number;
  attempts: number;
  /** When its roundup was due. */
  dueAt: Date;
  /** True when an earlier try may have got through: look before sending. */
  doubtful: boolean;
  message: OutboxMessage;
}

/** Longer than a send with its time-out and the look for an earlier try. */
export const LEASE_MS = 90_000;

/**
 * Leases up to `most` messages that are due on these platforms: queued ones, and ones whose sender has died. A reply
 * waits for its parent's receipt, and messages of one roundup go out in order.
 */
export async function leaseMessages(db: Db, platforms: string[], owner: string, now: Date, most: number): Promise<Leased[]> {
  if (platforms.length === 0) return [];
  const at = now.toISOString();
  const until = new Date(now.getTime() + LEASE_MS).toISOString();
  const rows = await rowsOf<Row>(
    db,
    sql`
      with due as (
        select o.id from outbox o join channels c on c.id = o.channel_id
        where o.status in ('queued', 'leased') and o.try_at <= ${at} and (o.lease_until is null or o.lease_until <= ${at})
          and c.paused_why is null and c.platform in (${listOf(platforms)})
          and ${isNext}
        order by o.try_at, o.id limit ${most}
        for update of o skip locked
      ), leased as (
        update outbox o set status = 'leased', lease_owner = ${owner}, lease_until = ${until}, attempts = o.attempts + 1,
          first_tried_at = coalesce(o.first_tried_at, ${at})
        from due, outbox old where o.id = due.id and old.id = o.id
        returning o.id, o.key, o.roundup_id, o.channel_id, o.parent_id, o.payload, o.attempts,
          old.status = 'leased' as doubtful, old.first_tried_at
      )
      select l.id::float8 as id, l.key, l.roundup_id::float8 as "roundupId", l.channel_id::float8 as "channelId", l.payload,
        l.attempts, l.doubtful, l.first_tried_at::text as "firstTriedAt", parent.receipt as parent,
        r.title, r.due_at::text as "dueAt", c.platform, c.workspace, c.external_id as "externalId", c.name
      from leased l join channels c on c.id = l.channel_id join roundups r on r.id = l.roundup_id
      left join outbox parent on parent.id = l.parent_id
      order by l.id`,
  );
  return rows.map(toLeased);
}

/** What became of a leased message. Nothing happens when the lease went to someone else meanwhile. */
export async function settleMessage(
  db: Db,
  id: number,
  owner: string,
  outcome: { status: OutboxStatus; receipt?: Receipt; error?: string; tryAt?: Date; sentAt?: Date },
): Promise<boolean> {
  const done = await db
    .update(outbox)
    .set({ ...outcome, leaseOwner: null, leaseUntil: null })
    .where(and(eq(outbox.id, id), eq(outbox.leaseOwner, owner)))
    .returning({ id: outbox.id });
  return done.length > 0;
}

/** The parent failed, so what was to go under it fails too. */
export async function failReplies(db: Db, roundupId: number, error: string): Promise<void> {
  await db
    .update(outbox)
    .set({ status: 'failed', error })
    .where(and(eq(outbox.roundupId, roundupId), inArray(outbox.status, ['queued'])));
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

/** When the next message of these platforms may be tried; undefined when none waits. */
export async function nextTry(db: Db, platforms: string[]): Promise<Date | undefined> {
  if (platforms.length === 0) return undefined;
  const [row] = await rowsOf<{ at: string | null }>(
    db,
    sql`
      select min(greatest(o.try_at, o.lease_until))::text as at from outbox o join channels c on c.id = o.channel_id
      where o.status in ('queued', 'leased') and c.paused_why is null and c.platform in (${listOf(platforms)}) and ${isNext}`,
  );
  return row?.at ? new Date(row.at) : undefined;
}

// The first of its roundup's messages that is not settled: the others wait for it. A reply whose parent failed has no
// place to go; should its sender have died before it wrote that down, db/reconcile.ts does.
const isNext = sql`(o.parent_id is null or exists (select from outbox p where p.id = o.parent_id and p.status = 'sent')) and not exists (
  select from outbox earlier where earlier.roundup_id = o.roundup_id and earlier.position < o.position
    and earlier.status in ('queued', 'leased'))`;

function listOf(names: string[]): SQL {
  return sql.join(names.map((name) => sql`${name}`), sql`, `);
}

interface Row {
  id: number;
  key: string;
  roundupId: number;
  channelId: number;
  payload: OutboxMessage['payload'];
  attempts: number;
  doubtful: boolean;
  firstTriedAt: string | null;
  parent: Receipt | null;
  title: string;
  dueAt: string;
  platform: string;
  workspace: string;
  externalId: string;
  name: string | null;
}

function toLeased(row: Row): Leased {
  return {
    id: row.id,
    roundupId: row.roundupId,
    channelId: row.channelId,
    attempts: row.attempts,
    dueAt: new Date(row.dueAt),
    doubtful: row.doubtful,
    message: {
      key: row.key,
      channel: {
        platform: row.platform,
        workspace: row.workspace,
        id: row.externalId,
        ...(row.name ? { name: row.name } : {}),
      },
      payload: row.payload,
      title: row.title,
      parent: row.parent ?? undefined,
      firstTriedAt: row.firstTriedAt ? new Date(row.firstTriedAt) : undefined,
    },
  };
}
