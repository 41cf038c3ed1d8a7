// The index made again, after an update of Paperround that writes it differently.
import { asc, gt } from 'drizzle-orm';
import type { Db } from '../connect.ts';
import { recall, remember } from '../facts.ts';
import { papers } from '../schema.ts';
import { spellNames } from './names.ts';
import { indexPapers } from './write.ts';

/**
 * Raise it whenever `indexPapers` writes something else of the same papers, and note it for databases without papers in a
 * migration, as 0009 does. 2: authors' names. 3: the pairs of titles. 4: family names among the stems.
 */
export const INDEX_VERSION = 4;
const FACT = 'search-index';
/** So many at a time: the embedded database lets go of the process only between two batches. */
const BATCH = 100;

/**
 * Indexes all papers anew if that hasn't been done since the index last changed; goes on where it was broken off.
 * Returns how many it indexed. Searches meanwhile find every paper, by what is known of it so far.
 */
export async function renewIndex(db: Db, now: Date): Promise<number> {
  let indexed = 0;
  for (let last = await placeOf(db); last !== 'done'; ) {
    last = await db.transaction(async (tx) => {
      // Locked, so that nobody who saves one of them counts its words a second time.
      const rows = await tx.select().from(papers).where(gt(papers.id, last as number)).orderBy(asc(papers.id)).limit(BATCH).for('update');
      await indexPapers(tx, rows);
      await spellNames(tx, rows.map(({ authors }) => authors));
      indexed += rows.length;
      const place = rows.length < BATCH ? 'done' : rows.at(-1)!.id;
      await remember(tx, FACT, `${INDEX_VERSION}:${place}`, now);
      return place;
    });
  }
  return indexed;
}

async function placeOf(db: Db): Promise<number | 'done'> {
  const [version, place] = ((await recall(db, FACT)) ?? '').split(':');
  if (Number(version) !== INDEX_VERSION) return 0;
  return place === 'done' ? 'done' : Number(place);
}
