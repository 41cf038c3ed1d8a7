// Papers, as they are read. How they are written: paper-save.ts.
import { and, eq, inArray, max, ne, or, sql } from 'drizzle-orm';
import { readPaperId } from '../core/paper-id.ts';
import type { Paper } from '../core/paper.ts';
import type { Db } from './connect.ts';
import { paperRecords, papers } from './schema.ts';

export { saveRecords, type Saved } from './paper-save.ts';

/** The paper of an id in any form: its own id as it came, any way to write its arXiv id, or the id that a file gave it. */
export async function findPaper(db: Db, id: string): Promise<Paper | undefined> {
  const arxivId = readPaperId(id)?.arxivId;
  const [row] = await db
    .select()
    .from(papers)
    .where(or(eq(papers.ref, id), arxivId ? eq(papers.arxivId, arxivId) : undefined))
    // An id written for one paper may be part of no other's; its own paper comes first all the same.
    .orderBy(sql`${papers.ref} = ${id} desc`)
    .limit(1);
  if (row) return toPaper(row);
  const [record] = await db
    .select({ paperId: paperRecords.paperId })
    .from(paperRecords)
    .where(and(inArray(paperRecords.source, ['jsonl', 'page']), eq(paperRecords.sourceId, id)));
  return record && (await getPapers(db, [record.paperId]))[0];
}

/** Papers by row id, in the order of the ids; those that are gone are left out. */
export async function getPapers(db: Db, ids: number[]): Promise<Paper[]> {
  const rows = await db.select().from(papers).where(inArray(papers.id, ids));
  const byId = new Map(rows.map((row) => [row.id, toPaper(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function countPapers(db: Db): Promise<number> {
  return db.$count(papers);
}

/** The newest day (`YYYY-MM-DD`) on which a source, or any that lists papers day by day, had one; files don't count. */
export async function newestListing(db: Db, source?: string): Promise<string | undefined> {
  const [newest] = await db
    .select({ on: max(paperRecords.listedOn) })
    .from(paperRecords)
    .where(source ? eq(paperRecords.source, source) : ne(paperRecords.source, 'jsonl'));
  return newest?.on ?? undefined;
}

/** What is known of a paper, without what only the database needs. */
export function toPaper(row: typeof papers.$inferSelect): Paper {
  const { titleKey: _key, textSource: _source, updatedAt: _at, submittedBy: _by, ...paper } = row;
  return paper;
}
