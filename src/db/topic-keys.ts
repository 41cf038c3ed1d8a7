// Which keys of the search index a topic's papers must have, when that leaves few papers.
import { sql, type SQL } from 'drizzle-orm';
import type { Node } from '../core/topic.ts';
import { rowsOf, type Db } from './connect.ts';
import { findTerms, intArray } from './search/index.ts';
import { keysOf } from './topic-sql.ts';

/** Each paper of the topic has a key of one of these words; `papers` have one at the most. */
interface Needed {
  hashes: number[];
  papers: number;
}

/** To look a paper up by its key costs some times what it costs to look at it as one of many. */
const FEWER = 3;

/** The keys, of which each paper of the topic has one; undefined when reading all papers for which `among` holds is no slower. */
export async function narrowing(db: Db, root: Node, among: SQL): Promise<number[] | undefined> {
  const terms = await findTerms(db, hashesOf(root));
  const needed = neededBy(root, (hash) => terms.get(hash)?.papers ?? 0);
  if (!needed) return undefined;
  const [row] = await rowsOf<{ papers: number }>(db, sql`select count(*)::int as papers from papers where ${among}`);
  return needed.papers * FEWER < row!.papers ? needed.hashes.flatMap(keysOf) : undefined;
}

/** The rows of `search_docs` that are looked at, as a common table: those with one of these keys, or whichever the papers lead to. */
export function docsOf(keys: number[] | undefined): SQL {
  if (!keys) return sql`not materialized (select * from search_docs)`;
  return sql`materialized (select paper_id, upvotes, title_length, tokens from search_docs where keys && ${intArray(keys)})`;
}

/**
 * For the rest of the transaction: the planner can't know that comparing two arrays in each row costs far more than the
 * index does, nor how few they are; and compiling a long condition takes seconds, to save some milliseconds.
 */
export async function planFor(tx: Db, keys: number[] | undefined): Promise<void> {
  const worse = ['jit', ...(keys ? ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'] : [])];
  await tx.execute(sql`select set_config(name, 'off', true) from unnest(string_to_array(${worse.join()}, ',')) as name`);
}

function neededBy(node: Node, papersWith: (hash: number) => number): Needed | undefined {
  if (node.kind === 'words') return fewest(node.words.map(({ hash }) => ({ hashes: [hash], papers: papersWith(hash) })));
  if (node.kind !== 'all' && node.kind !== 'any') return undefined;
  const parts = node.of.map((part) => neededBy(part, papersWith));
  const known = parts.filter((part) => part !== undefined);
  if (node.kind === 'all') return fewest(known);
  // One alternative that can be met without such a word, and none is needed.
  return known.length < parts.length ? undefined : { hashes: known.flatMap(({ hashes }) => hashes), papers: known.reduce((sum, { papers }) => sum + papers, 0) };
}

function fewest(choices: Needed[]): Needed | undefined {
  return choices.reduce<Needed | undefined>((best, one) => (best && best.papers <= one.papers ? best : one), undefined);
}

function hashesOf(node: Node): number[] {
  if (node.kind === 'words') return node.words.map(({ hash }) => hash);
  return node.kind === 'all' || node.kind === 'any' ? node.of.flatMap(hashesOf) : [];
}
