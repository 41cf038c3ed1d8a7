// What public sources listed, day by day, and what of it trends: the same for everybody.
import { sql } from 'drizzle-orm';
import type { Days } from '../core/calendar.ts';
import { trendingScore, type Signals, type TrendingWindow } from '../core/rank.ts';
import type { Node } from '../core/topic.ts';
import { baseline, signalsOf, type Baseline } from './candidates.ts';
import { anyId, rowsOf, type Db } from './connect.ts';
import { trustIndex } from './planner.ts';
import { TOLD } from './public-papers.ts';
import { topicSql } from './topic-sql.ts';

export interface RankedPaper {
  id: number;
  signals: Signals & { sinceDays?: number };
}

/** So many papers of some days are put in order, those with most votes: nobody pages further. */
export const MOST_RANKED = 500;

/** The papers that were listed on these days, as they trend at that moment: with age, and what they gained lately. */
export async function rankTrending(db: Db, days: Days, at: Date, window: TrendingWindow): Promise<RankedPaper[]> {
  const rows = await rowsOf<Row & { upvotesWere: Baseline; starsWere: Baseline }>(
    db,
    sql`with listed as materialized ${listedRows(days)}
        select listed.*, case when upvotes is not null then ${baseline('upvotes', sql`listed.id`, at)} end as "upvotesWere",
          case when stars is not null then ${baseline('stars', sql`listed.id`, at)} end as "starsWere" from listed`,
  );
  return ranked(rows.map((row) => ({ id: Number(row.id), signals: signalsOf(countsOf(row), row.upvotesWere, row.starsWere, at) })), window);
}

/** The papers that were listed on these days, by all that is known of them now: old days stay in the order that they have. */
export async function rankListed(db: Db, days: Days): Promise<RankedPaper[]> {
  const rows = await rowsOf<Row>(db, listedRows(days));
  return ranked(rows.map((row) => ({ id: Number(row.id), signals: { ...signalsOf(countsOf(row), null, null, new Date(0)), ageDays: 0 } })), 'day');
}

/** The newest day on which arXiv or Hugging Face listed papers by themselves; undefined before the first. A file's days are its own. */
export async function newestTold(db: Db): Promise<string | undefined> {
  const [row] = await rowsOf<{ on: string | null }>(db, sql`select max(r.listed_on)::text as "on" from paper_records r where r.source <> 'jsonl' and ${TOLD}`);
  return row?.on ?? undefined;
}

/** The nearest days with papers before the first of these and after the last. */
export async function daysAround(db: Db, { from, to }: Days): Promise<{ before: string | null; after: string | null }> {
  const [row] = await rowsOf<{ before: string | null; after: string | null }>(
    db,
    sql`select (select max(r.listed_on)::text from paper_records r where r.listed_on < ${from} and ${TOLD}) as before,
               (select min(r.listed_on)::text from paper_records r where r.listed_on > ${to} and ${TOLD}) as after`,
  );
  return row!;
}

/** Of these ids, in their order, those of the topic. */
export async function keepOfTopic(db: Db, ids: number[], root: Node): Promise<number[]> {
  const among = sql`p.id = ${anyId(ids)}`;
  const topic = await topicSql(db, root, among);
  return db.transaction(async (tx) => {
    await trustIndex(tx);
    const rows = await rowsOf<{ id: string | number }>(tx, sql`select p.id from papers p cross join lateral (select * from search_docs d where d.paper_id = p.id limit 1) d where ${among} and ${topic}`);
    const known = new Set(rows.map(({ id }) => Number(id)));
    return ids.filter((id) => known.has(id));
  });
}

interface Row {
  id: string | number;
  upvotes: number | null;
  stars: number | null;
  sources: number;
  listedOn: string;
}

// Those with most votes, and behind them the newest, of which nothing is known. The rows of papers are wide: only those of the best are read.
function listedRows({ from, to }: Days) {
  const listed = sql`r.listed_on between ${from} and ${to} and ${TOLD}`;
  return sql`(
    with counted as materialized (
      select r.paper_id, max(r.upvotes) as upvotes, max(r.stars) as stars from paper_records r
      where (r.upvotes is not null or r.stars is not null) and ${TOLD} group by r.paper_id
    ), voted as (
      select r.paper_id, max(r.listed_on) as listed_on, count(*)::int as sources, max(c.upvotes) as upvotes, max(c.stars) as stars
      from paper_records r join counted c on c.paper_id = r.paper_id where ${listed} group by r.paper_id
      order by max(c.upvotes) desc nulls last, max(c.stars) desc nulls last, max(r.listed_on) desc, r.paper_id desc limit ${MOST_RANKED}
    ), newest as (
      select n.paper_id, max(n.listed_on) as listed_on, count(*)::int as sources, null::integer as upvotes, null::integer as stars from (
        select r.paper_id, r.listed_on from paper_records r where ${listed} order by r.listed_on desc, r.paper_id desc limit ${MOST_RANKED}
      ) n where n.paper_id not in (select paper_id from counted) group by n.paper_id
    ), best as materialized (
      select * from (select * from voted union all select * from newest) all_of_them
      order by upvotes desc nulls last, stars desc nulls last, listed_on desc, paper_id desc limit ${MOST_RANKED}
    )
    select b.paper_id as id, b.upvotes, b.stars, b.sources, b.listed_on::text as "listedOn" from best b
    join lateral (select from papers p where p.id = b.paper_id and not p.withdrawn limit 1) p on true)`;
}

function countsOf({ upvotes, stars, sources, listedOn }: Row) {
  return { upvotes, stars, sources, listedAt: new Date(`${listedOn}T00:00:00Z`) };
}

function ranked(papers: RankedPaper[], window: TrendingWindow): RankedPaper[] {
  const scored = papers.map((paper) => ({ paper, score: trendingScore(paper.signals, window) }));
  return scored.sort((a, b) => b.score - a.score || b.paper.id - a.paper.id).map(({ paper }) => paper);
}
