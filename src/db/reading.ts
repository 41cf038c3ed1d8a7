// What was read and saved in channels within a time: what most people read first. Nobody is named.
import { sql } from 'drizzle-orm';
import type { Call } from '../core/chat.ts';
import type { Channel } from './channels.ts';
import { rowsOf, type Db } from './connect.ts';
import { placeOf, workspaceOf } from './saves.ts';

export interface ReadHere {
  paperId: number;
  /** How many people of the channel. */
  readers: number;
  savers: number;
}

/** What was read in each of these channels from `since` until before `until`, at most so many papers each, by the channel's row id. */
export async function listRead(db: Db, wanted: { channel: Channel; since: Date; until: Date; most: number }[]): Promise<Map<number, ReadHere[]>> {
  const spans = wanted.map(({ channel, ...span }) => ({ key: channel.id, workspace: workspaceOf(channel), channel: channel.externalId, ...span }));
  return rowsBy(db, spans);
}

/** The same in the channel of a call, which whoever asks is in. */
export async function listReadHere(db: Db, call: Pick<Call, 'channel'>, span: { since: Date; until: Date; most: number }): Promise<ReadHere[]> {
  return (await rowsBy(db, [{ key: 0, ...(await placeOf(db, call)), ...span }])).get(0) ?? [];
}

interface Span {
  key: number;
  workspace: string;
  channel: string;
  since: Date;
  until: Date;
  most: number;
}

async function rowsBy(db: Db, spans: Span[]): Promise<Map<number, ReadHere[]>> {
  const values = spans.map(({ key, workspace, channel, since, until, most }) => sql`(${key}::bigint, ${workspace}, ${channel}, ${since.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz, ${most}::int)`);
  const rows = await rowsOf<{ key: number; paper: number; readers: number; savers: number }>(
    db,
    sql`select w.key::float8 as key, r.paper_id::float8 as paper, r.readers, r.savers
      from (values ${sql.join(values, sql`, `)}) w (key, workspace, channel, since, until, most), lateral (
        select paper_id, (count(*) filter (where read))::int as readers, (count(*) filter (where not read))::int as savers, max(at) as at
        from (
          select paper_id, false as read, saved_at as at from saves s where s.workspace = w.workspace and s.channel = w.channel and saved_at >= w.since and saved_at < w.until
          union all select paper_id, true, read_at from reads r where r.workspace = w.workspace and r.channel = w.channel and read_at >= w.since and read_at < w.until
        ) acts group by paper_id order by 2 desc, 3 desc, 4 desc, 1 desc limit w.most
      ) r order by w.key, r.readers desc, r.savers desc, r.at desc, r.paper_id desc`,
  );
  const read = new Map<number, ReadHere[]>();
  for (const { key, paper, readers, savers } of rows) read.set(key, [...(read.get(key) ?? []), { paperId: paper, readers, savers }]);
  return read;
}
