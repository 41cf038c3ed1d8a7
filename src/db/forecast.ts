// What a topic would have brought lately: its papers of the last days, counted where they lie.
import { sql } from 'drizzle-orm';
import { anyOf, type Node } from '../core/topic.ts';
import { rowsOf, type Db } from './connect.ts';
import { startAtOnce, trustIndex } from './planner.ts';
import { narrowing } from './topic-index.ts';
import { topicSql } from './topic-sql.ts';

export interface Forecast {
  /** Of the days asked for, those on which the table has any paper listed: arXiv lists none at weekends. */
  days: number;
  /** Papers of the topic on all of these days together, and on the fullest of them. */
  papers: number;
  most: number;
  /** How many of them are of the other topics too. */
  shared: number;
  /** Ids of the best three, by votes and then the newest. */
  best: number[];
  /** Ids of 150 of them, or of all, spread evenly. */
  some: number[];
}

const BEST = 3;
const SOME = 150;

/**
 * Counts the topic's papers, by the day on which they were listed, from the first of these instants (the beginnings of
 * days, in order) until `now`. `others`: topics that are followed already.
 */
export async function forecast(db: Db, root: Node, others: Node[], starts: Date[], now: Date): Promise<Forecast> {
  // As a constant: read from a text it would be read again for each paper.
  const bounds = sql.raw(`'{${starts.map((at) => at.toISOString()).join()}}'::timestamptz[]`);
  const listed = sql`p.listed_at >= ${starts[0]!.toISOString()} and p.listed_at <= ${now.toISOString()} and not p.withdrawn`;
  const topic = await topicSql(db, root, listed);
  const other = others.length ? await topicSql(db, anyOf(others), listed) : sql`false`;
  const among = await narrowing(db, root, sql`listed_at >= ${starts[0]!.toISOString()}`);
  return db.transaction(async (tx) => {
    await (among ? trustIndex(tx) : startAtOnce(tx));
    const [row] = await rowsOf<Row>(
      tx,
      sql`
      with found as materialized (
        select p.id, d.upvotes, p.listed_at, width_bucket(p.listed_at, ${bounds}) as day, ${other} as shared
        from papers p join search_docs d on d.paper_id = p.id ${among ? sql`join (${among}) a on a.id = p.id` : sql``} where ${listed} and ${topic}
      ),
      days as (select count(*) as papers, count(*) filter (where shared) as shared from found group by day)
      select (select count(*)::int from generate_series(1, ${starts.length}::int) as day
              where exists (select from papers p where p.listed_at >= (${bounds})[day] and p.listed_at < coalesce((${bounds})[day + 1], ${now.toISOString()}::timestamptz + interval '1 ms'))) as days,
        (select coalesce(sum(papers), 0)::int from days) as papers, (select coalesce(max(papers), 0)::int from days) as most,
        (select coalesce(sum(shared), 0)::int from days) as shared,
        array_to_string(array(select id from found order by upvotes desc nulls last, listed_at desc, id desc limit ${BEST}), ',') as best,
        array_to_string(array(select id from found order by id * 2654435761 % 4294967296 limit ${SOME}), ',') as some`,
    );
    const { best, some, ...counts } = row!;
    return { ...counts, best: idsOf(best), some: idsOf(some) };
  });
}

interface Row {
  days: number;
  papers: number;
  most: number;
  shared: number;
  best: string;
  some: string;
}

function idsOf(list: string): number[] {
  return list ? list.split(',').map(Number) : [];
}
