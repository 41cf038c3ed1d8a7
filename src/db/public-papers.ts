// Papers as everybody may see them: what public sources tell by themselves. What people did is not read here, and does not show.
import { and, eq, inArray, max, ne, sql } from 'drizzle-orm';
import type { Paper } from '../core/paper.ts';
import { anyId, rowsOf, type Db } from './connect.ts';
import { findPaper, toPaper } from './papers.ts';
import { paperRecords, papers } from './schema.ts';

/** Without when it came in, which may tell of people. */
export type PublicPaper = Omit<Paper, 'firstSeenAt' | 'listedAt'> & {
  /** The newest day on which a public source listed it, `YYYY-MM-DD`; null where none did, as for a file's. */
  listedOn: string | null;
};

/** What people handed in was a source of its own for processes of earlier versions, which may still run. */
const COMMUNITY = 'community';

/** A record `r` of `paper_records` that its source told by itself: neither handed in by a person nor looked up for one. */
export const TOLD = sql`(r.source <> ${COMMUNITY} and not r.asked)`;

/** A row of `papers p` that everybody may see. */
export const PUBLIC = sql`exists (select from paper_records r where r.paper_id = p.id and ${TOLD})`;

/** Of these ids, in their order, those that everybody may see. */
export async function keepPublic(db: Db, ids: number[]): Promise<number[]> {
  const rows = await rowsOf<{ id: string | number }>(db, sql`select distinct r.paper_id as id from paper_records r where r.paper_id = ${anyId(ids)} and ${TOLD}`);
  const known = new Set(rows.map(({ id }) => Number(id)));
  return ids.filter((id) => known.has(id));
}

/** Papers by row id, in the order of the ids; those that not everybody may see are left out. */
export async function getPublicPapers(db: Db, ids: number[]): Promise<PublicPaper[]> {
  if (ids.length === 0) return [];
  // What is reckoned has names of its own: the query calls them without the table.
  const told = db
    .select({ paperId: paperRecords.paperId, listedOn: max(paperRecords.listedOn).as('told_on'), sources: sql<string>`string_agg(distinct ${paperRecords.source}, ',')`.as('told_by') })
    .from(paperRecords)
    .where(and(inArray(paperRecords.paperId, ids), ne(paperRecords.source, COMMUNITY), eq(paperRecords.asked, false)))
    .groupBy(paperRecords.paperId)
    .as('told');
  const rows = await db.select({ paper: papers, listedOn: told.listedOn, sources: told.sources }).from(papers).innerJoin(told, eq(told.paperId, papers.id));
  const byId = new Map(rows.map(({ paper, listedOn, sources }) => {
    const { firstSeenAt: _first, listedAt: _listed, ...shown } = toPaper(paper);
    return [paper.id, { ...shown, sources: sources.split(','), listedOn }];
  }));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The paper of an id in any form, as `findPaper` reads it. */
export async function findPublicPaper(db: Db, id: string): Promise<PublicPaper | undefined> {
  const paper = await findPaper(db, id);
  return paper && (await getPublicPapers(db, [paper.id]))[0];
}
