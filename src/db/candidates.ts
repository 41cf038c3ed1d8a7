// The papers that could be in a roundup, with what is known of each: one query for many channels.
import { and, desc, eq, gt, lte, sql } from 'drizzle-orm';
import type { Paper } from '../core/paper.ts';
import type { Signals } from '../core/rank.ts';
import { COMMUNITY } from '../core/submission.ts';
import { listOf, rowsOf, type Db } from './connect.ts';
import { papers } from './schema.ts';

export interface Candidate {
  paper: Paper;
  /** Without `team`, which differs by workspace. */
  signals: Signals & { sinceDays?: number };
}

/** More papers than this are listed in a week only when everything of arXiv is followed. */
const MOST = 8_000;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Papers that a source first listed after `since` and not after `now`, with their counts and what they gained a
 * day: against the latest snapshot that is at least 20 hours old, else the oldest one.
 */
export async function listCandidates(db: Db, since: Date, now: Date): Promise<Candidate[]> {
  const rows = await db
    .select({ paper: papers, upvotesWere: baseline('upvotes', now), starsWere: baseline('stars', now) })
    .from(papers)
    .where(and(gt(papers.listedAt, since), lte(papers.listedAt, now), eq(papers.withdrawn, false)))
    .orderBy(sql`${papers.upvotes} desc nulls last`, desc(papers.listedAt))
    .limit(MOST);
  return rows.map((row) => ({ paper: row.paper, signals: signalsOf(row.paper, row.upvotesWere, row.starsWere, now) }));
}

/** For each workspace: how many of it saved or voted for a paper since `since`, less those who voted against it, by paper id. */
export async function listLikes(db: Db, workspaces: string[], since: Date): Promise<Map<string, Map<number, number>>> {
  if (workspaces.length === 0) return new Map();
  const of = sql`workspace in (${listOf(workspaces)})`;
  const rows = await rowsOf<{ workspace: string; id: number; likes: number }>(
    db,
    sql`
      select workspace, paper_id::float8 as id, sum(coalesce(vote, 1))::float8 as likes from (
        select workspace, paper_id, person, max(vote) as vote from (
          select workspace, paper_id, person, null::smallint as vote from saves where ${of} and saved_at > ${since.toISOString()}
          union all
          select workspace, paper_id, person, value from votes where ${of} and voted_at > ${since.toISOString()}
        ) acts group by workspace, paper_id, person
      ) people group by workspace, paper_id`,
  );
  const likes = new Map<string, Map<number, number>>();
  for (const row of rows) mapIn(likes, row.workspace, () => new Map<number, number>()).set(row.id, row.likes);
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
type Baseline = [number, string] | null;

function baseline(count: 'upvotes' | 'stars', now: Date) {
  const column = sql.raw(count);
  const dayAgo = new Date(now.getTime() - 20 * HOUR).toISOString();
  return sql<Baseline>`(
    select jsonb_build_array(s.${column}, s.taken_at) from paper_snapshots s
    where s.paper_id = ${papers.id} and s.${column} is not null and s.taken_at <= ${now.toISOString()}
    order by s.taken_at <= ${dayAgo} desc, abs(extract(epoch from s.taken_at - ${dayAgo}::timestamptz)) limit 1)`;
}

function signalsOf(paper: Paper, upvotesWere: Baseline, starsWere: Baseline, now: Date): Candidate['signals'] {
  const upvotes = gained(paper.upvotes, upvotesWere, now);
  const stars = gained(paper.stars, starsWere, now);
  const sinceDays = upvotes?.days ?? stars?.days;
  return {
    ...(paper.upvotes === null ? {} : { upvotes: paper.upvotes }),
    ...(paper.stars === null ? {} : { stars: paper.stars }),
    ...(upvotes ? { upvotesPerDay: upvotes.perDay } : {}),
    ...(stars ? { starsPerDay: stars.perDay } : {}),
    ...(sinceDays === undefined ? {} : { sinceDays }),
    // A submission is a person's word, counted as a like of their team, not a second source.
    sources: Math.max(1, paper.sources.filter((source) => source !== COMMUNITY).length),
    ageDays: Math.max(0, (now.getTime() - paper.listedAt.getTime()) / DAY),
  };
}

// A rate over less than two hours says more of chance than of interest.
function gained(current: number | null, were: Baseline, now: Date): { perDay: number; days: number } | undefined {
  if (current === null || were === null) return undefined;
  const days = (now.getTime() - new Date(were[1]).getTime()) / DAY;
  return days < 2 / 24 ? undefined : { perDay: Math.max(0, current - were[0]) / days, days };
}
