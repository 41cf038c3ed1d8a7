// Where a topic's papers are: among the rows that an index finds by its rarest words and categories, when these are few.
import { sql, type SQL } from 'drizzle-orm';
import { isArchive } from '../core/category.ts';
import type { Node } from '../core/topic.ts';
import { rowsOf, type Db } from './connect.ts';
import { ALL_PAPERS, findTerms, intArray } from './search/index.ts';
import { keysOf } from './topic-sql.ts';

/** Each paper of the topic has all words of one of these lists, or one of these categories; so many `papers` at the most. */
interface Needed {
  words: number[][];
  codes: string[];
  papers: number;
}

/** How many papers have a word, or a category. */
interface Counts {
  ofWord: (hash: number) => number;
  ofCategory: (code: string) => number;
}

/** To look a paper up in an index costs some times what it costs to look at it as one of many. */
const FEWER = 3;
/** A category of more papers than this is a common one. */
const COMMON = 20_000;

/**
 * A query for `id`, `published_on` and `upvotes` of papers that hold all of the topic's; undefined when reading all papers
 * for which `among`, a condition on `papers`, holds is no slower.
 */
export async function narrowing(db: Db, root: Node, among?: SQL): Promise<SQL | undefined> {
  const leaves = termsOf(root);
  const terms = await findTerms(db, [ALL_PAPERS.hash, ...leaves.flatMap((term) => (term.kind === 'words' ? term.words.map(({ hash }) => hash) : []))]);
  const codes = leaves.flatMap((term) => (term.kind === 'category' && !isArchive(term.code) ? term.code : []));
  const categories = await countCategories(db, [...new Set(codes)]);
  const needed = neededBy(root, { ofWord: (hash) => terms.get(hash)?.papers ?? 0, ofCategory: (code) => categories.get(code) ?? Infinity });
  if (!needed) return undefined;
  const all = among ? await db.$count(sql`papers`, among) : (terms.get(ALL_PAPERS.hash)?.papers ?? 0);
  return needed.papers * FEWER < all ? rowsWith(needed) : undefined;
}

async function countCategories(db: Db, codes: string[]): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map();
  const count = (code: string) => sql`select ${code} as code, (select count(*)::int from (select from papers where categories && array[${code}] limit ${COMMON}) found) as papers`;
  const rows = await rowsOf<{ code: string; papers: number }>(db, sql.join(codes.map(count), sql` union all `));
  return new Map(rows.map(({ code, papers }) => [code, papers < COMMON ? papers : Infinity]));
}

function rowsWith({ words, codes }: Needed): SQL {
  const has = (hash: number) => sql`keys && ${intArray(keysOf(hash))}`;
  const hasAll = (hashes: number[]) => sql`(${sql.join([...new Set(hashes)].map(has), sql` and `)})`;
  const parts = [
    ...(words.length ? [sql`select paper_id as id, published_on, upvotes from search_docs where ${sql.join(words.map(hasAll), sql` or `)}`] : []),
    ...(codes.length ? [sql`select id, published_on, upvotes from papers where categories && array[${sql.join(codes.map((code) => sql`${code}`), sql`, `)}]`] : []),
  ];
  return sql.join(parts, sql` union `);
}

function neededBy(node: Node, counts: Counts): Needed | undefined {
  if (node.kind === 'words') {
    const hashes = node.words.map(({ hash }) => hash);
    return { words: [hashes], codes: [], papers: Math.min(...hashes.map(counts.ofWord)) };
  }
  if (node.kind === 'category') return isArchive(node.code) ? undefined : { words: [], codes: [node.code], papers: counts.ofCategory(node.code) };
  if (node.kind !== 'all' && node.kind !== 'any') return undefined;
  const parts = node.of.map((part) => neededBy(part, counts));
  const known = parts.filter((part) => part !== undefined);
  if (node.kind === 'all') return fewest(known);
  // One alternative that can be met without such a word or category, and none is needed.
  if (known.length < parts.length) return undefined;
  return { words: known.flatMap(({ words }) => words), codes: known.flatMap(({ codes }) => codes), papers: known.reduce((sum, { papers }) => sum + papers, 0) };
}

function fewest(choices: Needed[]): Needed | undefined {
  return choices.reduce<Needed | undefined>((best, one) => (best && best.papers <= one.papers ? best : one), undefined);
}

function termsOf(node: Node): Node[] {
  return node.kind === 'all' || node.kind === 'any' ? node.of.flatMap(termsOf) : [node];
}
