// The true best ten for a query, by scoring every paper that has any of its words: what the two stages are held against.
import { sql } from 'drizzle-orm';
import { rowsOf, type Db } from '../../src/db/connect.ts';
import { readCandidates } from '../../src/db/search/candidates.ts';
import { searchPapers } from '../../src/db/search/index.ts';
import { makeQuery } from '../../src/db/search/query.ts';
import { makeScorer } from '../../src/db/search/score.ts';

const AT_ONCE = 20_000;
const TEN = 10;

/**
 * The share of the true best ten that an answer has, without prior; of equal scores at the end any is as good. For
 * queries of one or two words, which have no second look.
 */
export async function shareOfBest(db: Db, text: string): Promise<number> {
  const { hits } = await searchPapers(db, { text, limit: TEN, prior: false }, new Date());
  const best = await bestScores(db, text);
  const least = best.at(-1) ?? 0;
  return hits.filter((hit) => hit.score >= least - 1e-9).length / Math.max(1, best.length);
}

async function bestScores(db: Db, text: string): Promise<number[]> {
  const query = await makeQuery(db, text, false);
  const scoreOf = makeScorer(query);
  const keys = query.slots.flatMap(({ terms }) => terms.flatMap((term) => term.counts.map((_, bucket) => term.hash | bucket)));
  const [last] = await rowsOf<{ id: string | number }>(db, sql`select coalesce(max(paper_id), 0) as id from search_docs`);
  let best: number[] = [];
  for (let from = 0; from <= Number(last!.id); from += AT_ONCE) {
    const some = await readCandidates(db, sql`paper_id >= ${from} and paper_id < ${from + AT_ONCE} and keys && string_to_array(${keys.join()}, ',')::int[]`);
    best = [...best, ...some.map((paper) => scoreOf(paper).score)].sort((a, b) => b - a).slice(0, TEN);
  }
  return best;
}
