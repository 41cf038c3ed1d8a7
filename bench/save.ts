// Papers into an empty database, as the sources would put them there.
import type { PaperRecord } from '../src/core/source.ts';
import type { Db } from '../src/db/connect.ts';
import { saveRecords } from '../src/db/papers.ts';
import { paperRecords } from '../src/db/schema.ts';
import { settleIndex } from '../src/db/search/index.ts';

/** Saves papers with any ids, and tells which row each became. */
export async function save(db: Db, given: { id: string; title: string; abstract: string }[]): Promise<Map<number, string>> {
  const records: PaperRecord[] = given.map((paper) => ({
    ...paper,
    source: 'jsonl',
    title: paper.title || paper.abstract.slice(0, 80),
    authors: [],
    categories: [],
  }));
  await saveRecords(db, records, new Date());
  await settleIndex(db);
  const rows = await db.select({ row: paperRecords.paperId, id: paperRecords.sourceId }).from(paperRecords);
  return new Map(rows.map(({ row, id }) => [row, id]));
}
