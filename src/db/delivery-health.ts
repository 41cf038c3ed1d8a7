// How delivery is doing over all channels: what waits, what should be over by now.
import { sql, type SQL } from 'drizzle-orm';
import { listOf, rowsOf, type Db } from './connect.ts';

export interface DeliveryHealth {
  lastSentAt: Date | undefined;
  /** Messages that are queued or under way, and since when the oldest of them has been wanted. */
  pending: { messages: number; since: Date | undefined };
  /** Slots that should have come to their end, and when the oldest of them was due. */
  overdue: { slots: number; since: Date | undefined };
  /** Channels that the platform took away from the bot. */
  lost: number;
}

/** Within this, a tick has seen that a slot is due: it is made, skipped, or written down as waiting. */
const TICK_MINUTES = 10;
/** Half an hour is what a roundup waits for its sources; the rest is for making and sending. */
const OVERDUE_MINUTES = 40;
/** Messages go out nearly in the order of their ids: the latest is among so many, and the whole table isn't read for it. */
const SENT_LATELY = 200;

/**
 * Of the channels on these platforms. A slot is overdue when no tick has dealt with it for 10 minutes, or when it is
 * neither sent, skipped nor failed 40 minutes after it was due (what is sent again: 40 minutes after it was asked
 * for). A paused channel is nobody's delay.
 */
export async function readDeliveryHealth(db: Db, platforms: string[], now: Date): Promise<DeliveryHealth> {
  const on = isOn(platforms);
  const [row] = await rowsOf<Record<'sent' | 'pendingSince' | 'overdueSince', string | null> & Record<'pending' | 'overdue' | 'lost', number>>(
    db,
    sql`
      with pending as (
        select o.roundup_id, ${WANTED_AT} as since from outbox o join channels c on c.id = o.channel_id
        where o.status in ('queued', 'leased') and c.paused_why is null and ${on} and ${WANTED_AT} <= ${now.toISOString()}
      ), late as (
        ${lateSlots(on, now)}
      )
      select
        (select max(sent_at)::text from (select sent_at from outbox where status = 'sent' order by id desc limit ${SENT_LATELY}) lately) as sent,
        (select count(*)::int from pending) as pending, (select min(since)::text from pending) as "pendingSince",
        (select count(*)::int from late) as overdue, (select min(due_at)::text from late) as "overdueSince",
        (select count(*)::int from channels c where c.paused_code is not null and ${on}) as lost`,
  );
  return {
    lastSentAt: instant(row!.sent),
    pending: { messages: row!.pending, since: instant(row!.pendingSince) },
    overdue: { slots: row!.overdue, since: instant(row!.overdueSince) },
    lost: row!.lost,
  };
}

/** Slots that are overdue, the oldest first: `channel/date/kind` as the log has it, when due, how far they came, and what the last try ran into. */
export async function listOverdue(db: Db, platforms: string[], now: Date, most: number): Promise<{ slot: string; dueAt: Date; state: string; error: string | null }[]> {
  const rows = await rowsOf<{ slot: string; dueAt: string; state: string; error: string | null }>(
    db,
    sql`select slot, due_at::text as "dueAt", state, (
      select string_agg(distinct o.error, '; ') from outbox o where o.roundup_id = late.roundup_id and o.status in ('queued', 'leased')) as error from (${lateSlots(isOn(platforms), now)}) late order by due_at, slot limit ${most}`,
  );
  return rows.map(({ dueAt, ...row }) => ({ ...row, dueAt: new Date(dueAt) }));
}

// A retry moves `try_at` on, and the message is no younger for it.
const WANTED_AT = sql`coalesce(o.first_tried_at, o.try_at)`;

function isOn(platforms: string[]): SQL {
  // Of none, none; `in ()` is no SQL.
  return sql`c.platform in (${listOf([...platforms, ''])})`;
}

function lateSlots(on: SQL, now: Date): SQL {
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  return sql`
    select c.id || '/' || c.next_due_on || '/daily' as slot, c.next_due_at as due_at, 'due' as state, null::bigint as roundup_id from channels c
    where c.paused_why is null and ${on} and c.next_due_at <= ${before(TICK_MINUTES)} and not exists (
      select from roundups r where r.channel_id = c.id and r.on = c.next_due_on and r.kind = 'daily' and r.status = 'waiting')
    union all
    select r.channel_id || '/' || r.on || '/' || r.kind, r.due_at, r.status, r.id from roundups r join channels c on c.id = r.channel_id
    where ${on} and r.status in ('waiting', 'queued') and r.due_at <= ${before(OVERDUE_MINUTES)} and (
      r.status = 'waiting' or (r.status = 'queued' and c.paused_why is null and not exists (
        select from outbox o where o.roundup_id = r.id and o.status in ('queued', 'leased') and ${WANTED_AT} > ${before(OVERDUE_MINUTES)})))`;
}

function instant(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}
