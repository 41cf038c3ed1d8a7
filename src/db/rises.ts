// Papers that channels were shown on an earlier day and whose counts may have jumped since.
import { sql } from 'drizzle-orm';
import { LEAST_GAIN, RISING_DAYS, type Counts } from '../core/rise.ts';
import { addDays } from '../core/schedule.ts';
import { anyId, rowsOf, type Db } from './connect.ts';

/** A paper as a channel was last shown it. */
export interface LastShown {
  paperId: number;
  /** The local date of the roundup. */
  on: string;
  counts: Counts;
  /** The post, while that is kept and where the platform tells its address. */
  url?: string;
}

/**
 * For each of these channels, what it was last shown within the last `RISING_DAYS` and has since gained enough votes or
 * stars to have risen: one query, however many they are. Left out are papers that were withdrawn, and those that
 * somebody in the channel voted against or called not for it.
 */
export async function listGainers(db: Db, channelIds: number[], now: Date): Promise<Map<number, LastShown[]>> {
  const since = addDays(now.toISOString().slice(0, 10), -RISING_DAYS);
  const said = (table: string) => sql`
    select from ${sql.raw(table)} said where said.workspace = c.platform || ':' || c.workspace and said.channel = c.external_id and said.paper_id = s.paper_id`;
  const rows = await rowsOf<LastShown & { channelId: number; url: string | null }>(
    db,
    sql`
      select r.channel_id::float8 as "channelId", s.paper_id::float8 as "paperId", r.on::text as "on", s.counts, o.receipt->>'url' as url
      from roundups r
      join roundup_papers s on s.roundup_id = r.id
      join papers p on p.id = s.paper_id
      join channels c on c.id = r.channel_id
      left join outbox o on o.roundup_id = r.id and o.position = s.message
      where r.channel_id = ${anyId(channelIds)} and r.on >= ${since} and r.status = 'sent' and not p.withdrawn
        and (p.upvotes >= ${LEAST_GAIN.upvotes} + coalesce((s.counts->>'upvotes')::integer, 0) or p.stars >= ${LEAST_GAIN.stars} + (s.counts->>'stars')::integer)
        and s.counts is not null
        and not exists (
          select from roundup_papers later join roundups l on l.id = later.roundup_id
          where later.channel_id = s.channel_id and later.paper_id = s.paper_id and l.created_at > r.created_at and l.status <> 'failed')
        and not exists (${said('dismissals')}) and not exists (${said('votes')} and said.value < 0)`,
  );
  const gainers = new Map<number, LastShown[]>();
  for (const { channelId, url, ...shown } of rows) {
    const one = { ...shown, ...(url ? { url } : {}) };
    const list = gainers.get(channelId);
    if (list) list.push(one);
    else gainers.set(channelId, [one]);
  }
  return gainers;
}
