// All that people said of papers, as rows that can leave the database and come back.
import { inArray, sql } from 'drizzle-orm';
import { rowsOf, type Db } from './connect.ts';
import { dismissals, notes, papers, reads, saves, submissions, votes } from './schema.ts';

export interface SaidRow {
  kind: 'save' | 'vote' | 'note' | 'read' | 'not-for-us' | 'submission';
  /** `platform:workspace:user` */
  person: string;
  workspace: string;
  /** Empty for a note, which belongs to no channel. */
  channel: string;
  /** The paper's id as people type it. */
  paper: string;
  /** ISO 8601. */
  at: string;
  /** A vote's `1` or `-1`, a note's words, the name under which a paper was handed in; else empty. */
  words: string;
  /** It counts in its channel alone. */
  private?: true;
}

/** Everything, of everybody, in a fixed order. */
export async function listAllSaid(db: Db): Promise<SaidRow[]> {
  const part = (kind: SaidRow['kind'], table: string, channel: string, at: string, words: string, hidden = 'false') =>
    sql.raw(`select '${kind}' as kind, person, workspace, ${channel} as channel, paper_id, ${at} as at, ${words} as words, ${hidden} as hidden from ${table}`);
  const parts = [
    part('save', 'saves', 'channel', 'saved_at', `''`, 'private'),
    part('vote', 'votes', 'channel', 'voted_at', 'value::text', 'private'),
    part('note', 'notes', `''`, 'noted_at', 'text'),
    part('read', 'reads', 'channel', 'read_at', `''`),
    part('not-for-us', 'dismissals', 'channel', 'dismissed_at', `''`),
    part('submission', 'submissions', 'channel', 'submitted_at', 'name', 'private'),
  ];
  const rows = await rowsOf<Omit<SaidRow, 'at' | 'private'> & { ms: number; hidden: boolean }>(
    db,
    sql`select kind, person, workspace, channel, ref as paper, (extract(epoch from at) * 1000)::float8 as ms, words, hidden
      from (${sql.join(parts, sql` union all `)}) said join papers on papers.id = paper_id order by person, ref, kind, channel`,
  );
  return rows.map(({ ms, hidden, ...row }) => ({ ...row, at: new Date(ms).toISOString(), ...(hidden ? { private: true } : {}) }));
}

/** How many of the rows `restoreSaid` would add, and how many it would leave out for want of their paper. */
export async function compareSaid(db: Db, rows: SaidRow[]): Promise<{ added: number; leftOut: number }> {
  if (rows.length === 0) return { added: 0, leftOut: 0 };
  const known = new Set((await listAllSaid(db)).map(keyOf));
  const here = await paperIds(db, rows);
  const ofHere = rows.filter(({ paper }) => here.has(paper));
  return { added: ofHere.filter((row) => !known.has(keyOf(row))).length, leftOut: rows.length - ofHere.length };
}

/** Adds the rows; what is there already stays as it is, and papers that aren't here are left out. */
export async function restoreSaid(db: Db, rows: SaidRow[]): Promise<void> {
  const here = await paperIds(db, rows);
  for (const { kind, person, workspace, channel, paper, at, words, private: hidden = false } of rows) {
    const paperId = here.get(paper);
    if (paperId === undefined) continue;
    const [of, when] = [{ person, paperId, workspace }, new Date(at)];
    if (kind === 'save') await db.insert(saves).values({ ...of, channel, private: hidden, savedAt: when }).onConflictDoNothing();
    if (kind === 'vote') await db.insert(votes).values({ ...of, channel, private: hidden, value: Number(words), votedAt: when }).onConflictDoNothing();
    if (kind === 'note') await db.insert(notes).values({ ...of, text: words, notedAt: when }).onConflictDoNothing();
    if (kind === 'read') await db.insert(reads).values({ ...of, channel, readAt: when }).onConflictDoNothing();
    if (kind === 'submission') await db.insert(submissions).values({ ...of, channel, private: hidden, name: words, submittedAt: when }).onConflictDoNothing();
    if (kind === 'not-for-us') await db.insert(dismissals).values({ ...of, channel, dismissedAt: when }).onConflictDoNothing();
  }
}

async function paperIds(db: Db, rows: SaidRow[]): Promise<Map<string, number>> {
  const refs = [...new Set(rows.map(({ paper }) => paper))];
  if (refs.length === 0) return new Map();
  const found = await db.select({ id: papers.id, ref: papers.ref }).from(papers).where(inArray(papers.ref, refs));
  return new Map(found.map(({ id, ref }) => [ref, id]));
}

function keyOf({ kind, person, paper, channel }: SaidRow): string {
  return JSON.stringify([kind, person, paper, kind === 'not-for-us' ? channel : '']);
}
