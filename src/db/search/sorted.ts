// Papers by their date or their votes: of those that have the words of a query foremost, never of all that have them.
import { sql, type SQL } from 'drizzle-orm';
import type { Order } from '../../core/asked.ts';
import { anyId, rowsOf, type Db } from '../connect.ts';
import { matches } from './candidates.ts';
import { planAll } from './plan.ts';
import { beginQuery, SENTENCE } from './query.ts';
import { searchPapers, type SearchQuery } from './search.ts';

export interface SortedQuery extends Pick<SearchQuery, 'text' | 'limit' | 'only'> {
  order: Order;
}

export interface SortedAnswer {
  paperIds: number[];
  /** As in a search: these have some of the words, or words spelt much like them. */
  relaxed: boolean;
  /** More papers have the words than were put in order. */
  cut: boolean;
}

/** So many papers are put in order, about, those that have the words foremost: in few the words tell what they are about. */
export const FOREMOST = 2_000;
/** Few papers meet a condition, and fewer have votes: to find those, so many are looked through. */
const WITH_CONDITION = 4_000;
const WITH_VOTES = 10_000;
/** Where no paper has all the words, and for a sentence, that of the best hits. */
const BEST = 100;

/** The first papers in this order; the first of more are the same. */
export async function sortedPapers(db: Db, { text, order, limit, only }: SortedQuery, now: Date): Promise<SortedAnswer> {
  const { ids, guessed, cut } = await db.transaction(async (tx) => {
    const query = await beginQuery(tx, text, false);
    if (query.slots.length === 0 || query.slots.length > SENTENCE) return { ids: [], guessed: false, cut: false };
    const foremost = planAll(query.slots, query.all, only ? WITH_CONDITION : FOREMOST);
    const condition = only ? sql`and ${only}` : sql``;
    const part = (where: SQL) => sql`(select paper_id, published_on, upvotes from search_docs where ${where} ${condition} ${by(order)} limit ${limit})`;
    const parts = [part(matches(foremost))];
    // The well known are found by an index of their own, also where they have the words less often.
    if (order === 'votes' && !foremost.complete) parts.push(part(sql`upvotes >= 10 and ${matches(planAll(query.slots, query.all, WITH_VOTES))}`));
    const rows = await rowsOf<{ id: string | number }>(tx, sql`select paper_id as id from (${sql.join(parts, sql` union `)}) found ${by(order)} limit ${limit}`);
    return { ids: rows.map(({ id }) => Number(id)), guessed: query.guessed, cut: !foremost.complete };
  });
  if (ids.length > 0) return { paperIds: ids, relaxed: guessed, cut };
  const best = await searchPapers(db, { text, limit: BEST, only }, now);
  const sorted = await sortIds(db, best.hits.map(({ paperId }) => paperId), order);
  return { paperIds: sorted.slice(0, limit), relaxed: best.relaxed, cut: best.more };
}

function by(order: Order): SQL {
  const votes = order === 'votes' ? sql`upvotes desc nulls last, ` : sql``;
  return sql`order by ${votes}published_on desc nulls last, paper_id desc`;
}

async function sortIds(db: Db, ids: number[], order: Order): Promise<number[]> {
  const rows = await rowsOf<{ id: string | number }>(db, sql`select paper_id as id from search_docs where paper_id = ${anyId(ids)} ${by(order)}`);
  return rows.map(({ id }) => Number(id));
}
