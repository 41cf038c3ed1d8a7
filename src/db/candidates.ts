// The papers that could be in a roundup, with what is known of each: one query for many channels.
import { and, desc, eq, gt, inArray, lte, sql, type SQL } from 'drizzle-orm';
import type { Paper } from '../core/paper.ts';
import type { Signals } from '../core/rank.ts';
import { listOf, rowsOf, type Db } from './connect.ts';
import { toPaper } from './papers.ts';
import { placeKey } from './saves.ts';
import { papers, submissions } from './schema.ts';

export interface Candidate {
  paper: Paper;
  /** Without `team`, which differs by workspace. */
  signals: Signals & { sinceDays?: number };
  /** False: no source lists it in these days. Somebody handed it in, and it is news for those alone who may know of that. */
  listed: boolean;
}

/** More papers than this are listed in a week only when everything of arXiv is followed. */
const MOST = 8_000;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Papers that a source first listed, or a person handed in, after `since` and not after `now`, with their counts and what
 * they gained a day: against the latest snapshot that is at least 20 hours old, else the oldest one.
 */
export async function listCandidates(db: Db, since: Date, now: Date): Promise<Candidate[]> {
  const handedIn = db.select({ id: submissions.paperId }).from(submissions).where(and(gt(submissions.submittedAt, since), lte(submissions.submittedAt, now)));
  const read = async (which: SQL | undefined, listed: boolean): Promise<Candidate[]> => {
    const rows = await db
      .select({ paper: papers, upvotesWere: baseline('upvotes', sql`${papers.id}`, now), starsWere: baseline('stars', sql`${papers.id}`, now) })
      .from(papers)
      .where(and(which, eq(papers.withdrawn, false)))
      .orderBy(sql`${papers.upvotes} desc nulls last`, desc(papers.listedAt))
      .limit(MOST);
    return rows.map((row) => ({ paper: toPaper(row.paper), signals: signalsOf({ ...row.paper, sources: row.paper.sources.length }, row.upvotesWere, row.starsWere, now), listed }));
  };
  const listed = await read(and(gt(papers.listedAt, since), lte(papers.listedAt, now)), true);
  return [...listed, ...(await read(and(inArray(papers.id, handedIn), lte(papers.listedAt, since)), false))];
}

/**
 * For each workspace: how many of it saved or voted for a paper since `since`, less those who voted against it, by paper id.
 * What was said in a private channel stands apart, under its `placeKey`: what it adds there to the workspace's number.
 */
export async function listLikes(db: Db, workspaces: string[], since: Date): Promise<Map<string, Map<number, number>>> {
  if (workspaces.length === 0) return new Map();
  const acts = (table: string, vote: string, at: string) => sql`
    select workspace, case when private then channel end as channel, paper_id, person, ${sql.raw(vote)} as vote from ${sql.raw(table)}
    where workspace in (${listOf(workspaces)}) and ${sql.raw(at)} > ${since.toISOString()}`;
  const rows = await rowsOf<{ workspace: string; channel: string | null; id: number; likes: number }>(
    db,
    sql`
      with people as (
        select workspace, channel, paper_id, person, max(vote) as vote from (
          ${acts('saves', 'null::smallint', 'saved_at')} union all ${acts('votes', 'value', 'voted_at')}
        ) acts group by workspace, channel, paper_id, person
      )
      select p.workspace, p.channel, p.paper_id::float8 as id,
        sum(coalesce(p.vote, open.vote, 1) - case when open.person is null then 0 else coalesce(open.vote, 1) end)::float8 as likes
      from people p left join people open on p.channel is not null and open.channel is null
        and open.workspace = p.workspace and open.paper_id = p.paper_id and open.person = p.person
      group by p.workspace, p.channel, p.paper_id`,
  );
  const likes = new Map<string, Map<number, number>>();
  for (const { workspace, channel, id, likes: n } of rows) {
    const key = channel === null ? workspace : placeKey({ workspace, channel });
    mapIn(likes, key, () => new Map<number, number>()).set(id, n);
  }
  return likes;
}

/** Ids of the papers that each channel has been shown, or is about to be: a roundup that failed showed nothing. */
export async function listShown(db: Db, channelIds: number[], since: Date): Promise<Map<number, Set<number>>> {
  if (channelIds.length === 0) return new Map();
  const rows = await rowsOf<{ channel: number; id: number }>(
    db,
    sql`
      select distinct s.channel_id::float8 as channel, s.paper_id::float8 as id from roundup_papers s join roundups r on r.id = s.roundup_id
      where s.channel_id in (${listOf(channelIds)}) and r.created_at > ${since.toISOString()} and r.status <> 'failed'`,
  );
  const shown = new Map<number, Set<number>>();
  for (const row of rows) mapIn(shown, row.channel, () => new Set<number>()).add(row.id);
  return shown;
}

function mapIn<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** An earlier count and when it was taken. */
export type Baseline = [number, string] | null;

/** The count of the paper of this id as it was: a day ago, or when it was first known. */
export function baseline(count: 'upvotes' | 'stars', id: SQL, now: Date): SQL<Baseline> {
  const column = sql.raw(count);
  const dayAgo = new Date(now.getTime() - 20 * HOUR).toISOString();
  // The nearest to a day ago, reckoned without differences and for one row: some hundred papers are asked about for a page.
  return sql<Baseline>`(
    select jsonb_build_array(were, taken_at) from (
      select s.${column} as were, s.taken_at from paper_snapshots s
      where s.paper_id = ${id} and s.${column} is not null and s.taken_at <= ${now.toISOString()}
      order by s.taken_at <= ${dayAgo} desc, case when s.taken_at <= ${dayAgo} then s.taken_at end desc, s.taken_at limit 1) nearest)`;
}

/** What is known of a paper that a source listed then, with what it gained since its baselines. */
export function signalsOf(paper: Pick<Paper, 'upvotes' | 'stars' | 'listedAt'> & { sources: number }, upvotesWere: Baseline, starsWere: Baseline, now: Date): Candidate['signals'] {
  const upvotes = gained(paper.upvotes, upvotesWere, now);
  const stars = gained(paper.stars, starsWere, now);
  const sinceDays = upvotes?.days ?? stars?.days;
  return {
    ...(paper.upvotes === null ? {} : { upvotes: paper.upvotes }),
    ...(paper.stars === null ? {} : { stars: paper.stars }),
    ...(upvotes ? { upvotesPerDay: upvotes.perDay } : {}),
    ...(stars ? { starsPerDay: stars.perDay } : {}),
    ...(sinceDays === undefined ? {} : { sinceDays }),
    sources: Math.max(1, paper.sources),
    ageDays: Math.max(0, (now.getTime() - paper.listedAt.getTime()) / DAY),
  };
}

// A rate over less than two hours says more of chance than of interest.
function gained(current: number | null, were: Baseline, now: Date): { perDay: number; days: number } | undefined {
  if (current === null || were === null) return undefined;
  const days = (now.getTime() - new Date(were[1]).getTime()) / DAY;
  return days < 2 / 24 ? undefined : { perDay: Math.max(0, current - were[0]) / days, days };
}
