// How single channels are doing: what each heard last, and what of it needs a person.
import { sql } from 'drizzle-orm';
import { anyId, rowsOf, type Db } from './connect.ts';
import type { RoundupStatus } from './schema.ts';

export interface ChannelHealth {
  /** When a roundup was posted last, while its message is kept. */
  lastSentAt: Date | undefined;
  /** Messages of which nobody knows whether they got through. */
  doubtful: number;
  /** What became of the latest roundup that came to something. */
  latest: { status: RoundupStatus; why: string | null } | undefined;
}

/** Of each of these channels, by its id. Goes by roundup, as the outbox has no index of its channels. */
export async function listChannelHealth(db: Db, channelIds: number[]): Promise<Map<number, ChannelHealth>> {
  const rows = await rowsOf<{ id: number; sent: number | null; doubtful: number; status: RoundupStatus | null; why: string | null }>(
    db,
    sql`
      select c.id::float8 as id, latest.status, latest.why,
        (select (extract(epoch from o.sent_at) * 1000)::float8 from roundups r join outbox o on o.roundup_id = r.id and o.position = 0 and o.status = 'sent'
          where r.channel_id = c.id order by r."on" desc, r.id desc limit 1) as sent,
        (select count(*)::int from roundups r join outbox o on o.roundup_id = r.id where r.channel_id = c.id and o.status = 'in_doubt') as doubtful
      from channels c left join lateral (
        select r.status, r.why from roundups r where r.channel_id = c.id and r.status <> 'waiting' order by r."on" desc, r.id desc limit 1
      ) latest on true
      where c.id = ${anyId(channelIds)}`,
  );
  return new Map(rows.map(({ id, sent, doubtful, status, why }) => [id, { lastSentAt: sent === null ? undefined : new Date(sent), doubtful, latest: status ? { status, why } : undefined }]));
}
