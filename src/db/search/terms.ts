// The table of stems: in how many papers each stands, by weight. Rarity and the plan of a query come from it.
import { sql, type SQL } from 'drizzle-orm';
import { rowsOf, type Db } from '../connect.ts';
import { BUCKETS } from './weights.ts';
import type { Word } from '../../core/words.ts';

/** The row that counts papers instead of a stem's. */
export const ALL_PAPERS: Word = { stem: '', hash: 0 };

/** What a batch of papers changes, by hash. */
export type TermChanges = Map<number, { stem: string; counts: number[] }>;

/** Notes that `by` more papers have this word in this bucket. */
export function noteChange(changes: TermChanges, word: Word, bucket: number, by: number): void {
  let change = changes.get(word.hash);
  if (!change) changes.set(word.hash, (change = { stem: word.stem, counts: new Array<number>(BUCKETS).fill(0) }));
  else if (word.stem) change.stem = word.stem;
  change.counts[bucket]! += by;
}

/** Adds the changes, always in the order of the hashes, so that two processes wait for each other and never in a ring. */
export async function writeChanges(db: Db, changes: TermChanges): Promise<void> {
  const sorted = [...changes].filter(([, change]) => change.counts.some(Boolean)).sort(([a], [b]) => a - b);
  if (sorted.length === 0) return;
  const hashes = sorted.map(([hash]) => hash).join();
  // One empty stem alone is no list to Postgres: that stem comes out null.
  const stems = sorted.map(([, change]) => change.stem).join(' ');
  const counts = sorted.map(([, change]) => `{${change.counts.join()}}`).join(' ');
  await db.execute(sql`
    insert into search_terms (hash, stem, counts)
    select hash, coalesce(stem, ''), counts::int[] from unnest(
      string_to_array(${hashes}, ',')::int[], string_to_array(${stems}, ' '), string_to_array(${counts}, ' ')
    ) as change (hash, stem, counts)
    on conflict (hash) do update set counts = ${SUMS}`);
}

const SUMS = sql.raw(
  `array[${Array.from({ length: BUCKETS }, (_, i) => `search_terms.counts[${i + 1}] + excluded.counts[${i + 1}]`).join()}]`,
);

export interface Term {
  hash: number;
  stem: string;
  /** Papers by bucket. */
  counts: number[];
  /** Papers in all. */
  papers: number;
}

/** The terms of these hashes that are known, by hash. */
export async function findTerms(db: Db, hashes: number[]): Promise<Map<number, Term>> {
  const rows = await rowsOf<Row>(
    db,
    sql`select hash, stem, array_to_string(counts, ',') as counts from search_terms where hash = any(${intArray(hashes)})`,
  );
  return new Map(rows.map((row) => [row.hash, readTerm(row)]));
}

/** Known stems that begin with `start` and have between `shortest` and `longest` characters, the commonest first. */
export async function findTermsFrom(db: Db, start: string, shortest: number, longest: number, limit: number): Promise<Term[]> {
  const pattern = `${start.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await rowsOf<Row>(
    db,
    sql`select hash, stem, array_to_string(counts, ',') as counts from search_terms
        where stem like ${pattern} and length(stem) between ${shortest}::int and ${longest}::int
        order by (select sum(n) from unnest(counts) as n) desc limit ${limit}`,
  );
  return rows.map(readTerm);
}

/**
 * Whole numbers as an array in SQL. They stand in the text of the query, since the driver of Postgres asks the server
 * for the types of parameters before it sends any: a query without is one journey, not two.
 */
export function intArray(numbers: number[]): SQL {
  if (!numbers.every(Number.isSafeInteger)) throw new TypeError('only whole numbers can stand in a query');
  return sql.raw(`'{${numbers.join()}}'::int[]`);
}

interface Row {
  hash: number;
  stem: string;
  counts: string;
}

function readTerm(row: Row): Term {
  const counts = row.counts.split(',').map(Number);
  return { hash: row.hash, stem: row.stem, counts, papers: counts.reduce((sum, n) => sum + n, 0) };
}
