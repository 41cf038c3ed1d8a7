// What a person kept, and what a channel kept, the newest first.
import { sql } from 'drizzle-orm';
import type { Call } from '../core/chat.ts';
import { rowsOf, type Db } from './connect.ts';
import { personOf, placeOf } from './saves.ts';

type Who = Pick<Call, 'channel' | 'person'>;

export interface Saved {
  paperId: number;
  savedAt: Date;
  /** The asker's own note, and when the asker read it. */
  note: string | null;
  readAt: Date | null;
}

export interface SavedHere {
  paperId: number;
  /** How many people of the channel. */
  savers: number;
  readers: number;
  /** When it was last saved or read. */
  at: Date;
}

/** What the person of the call saved in this workspace. */
export async function listSaved(db: Db, call: Who, limit: number, offset: number): Promise<Saved[]> {
  const rows = await rowsOf<{ paper: number; saved: number; note: string | null; read: number | null }>(
    db,
    sql`select s.paper_id::float8 as paper, ${msOf('s.saved_at')} as saved, n.text as note, ${msOf('r.read_at')} as read
      from saves s left join notes n using (person, paper_id) left join reads r using (person, paper_id)
      where s.person = ${personOf(call)} order by s.saved_at desc, s.paper_id desc limit ${limit} offset ${offset}`,
  );
  return rows.map(({ paper, saved, note, read }) => ({ paperId: paper, savedAt: new Date(saved), note, readAt: read === null ? null : new Date(read) }));
}

/** What people saved in the channel of the call; whoever reads it is in that channel. Nobody is named. */
export async function listSavedHere(db: Db, call: Who, limit: number, offset: number): Promise<SavedHere[]> {
  const { workspace, channel } = await placeOf(db, call);
  const rows = await rowsOf<{ paper: number; savers: number; readers: number; at: number }>(
    db,
    sql`select paper_id::float8 as paper, (count(*) filter (where saved))::int as savers, (count(*) filter (where not saved))::int as readers, ${msOf('max(at)')} as at
      from (
        select paper_id, true as saved, saved_at as at from saves where workspace = ${workspace} and channel = ${channel}
        union all select paper_id, false, read_at from reads where workspace = ${workspace} and channel = ${channel}
      ) acts group by paper_id having bool_or(saved) order by max(at) desc, paper_id desc limit ${limit} offset ${offset}`,
  );
  return rows.map(({ paper, savers, readers, at }) => ({ paperId: paper, savers, readers, at: new Date(at) }));
}

function msOf(column: string) {
  return sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);
}
