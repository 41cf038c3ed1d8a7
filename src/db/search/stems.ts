// Papers as weighed stems, out of the index: what likeness is made of.
import { sql } from 'drizzle-orm';
import type { Stems } from '../../core/taste.ts';
import { anyId, rowsOf, type Db } from '../connect.ts';
import { ALL_PAPERS, findTerms } from './terms.ts';
import { BUCKET_WEIGHTS, rarity } from './weights.ts';

/** The stems of these papers, by paper id; one that isn't in the index is left out. */
export async function readStems(db: Db, paperIds: number[]): Promise<Map<number, Stems>> {
  if (paperIds.length === 0) return new Map();
  const rows = await rowsOf<{ id: string | number; keys: string }>(
    db,
    sql`select paper_id as id, array_to_string(keys, ',') as keys from search_docs
        where paper_id = ${anyId(paperIds)}`,
  );
  return new Map(rows.map(({ id, keys }) => [Number(id), stemsOf(keys)]));
}

/** How telling each of these stems is among all papers; 0 for one that wasn't asked for. */
export async function readRarity(db: Db, hashes: number[]): Promise<(hash: number) => number> {
  if (hashes.length === 0) return () => 0;
  const terms = await findTerms(db, [ALL_PAPERS.hash, ...hashes]);
  const all = terms.get(ALL_PAPERS.hash)?.papers ?? 0;
  return (hash) => {
    const term = terms.get(hash);
    return term ? rarity(term.papers, all) : 0;
  };
}

function stemsOf(keys: string): Stems {
  const stems = new Map<number, number>();
  for (const text of keys ? keys.split(',') : []) {
    const key = Number(text);
    stems.set(key & ~15, BUCKET_WEIGHTS[key & 15]!);
  }
  return stems;
}
