// Titles for somebody who is still typing: the last word may be only begun.
import { inArray } from 'drizzle-orm';
import type { Db } from '../connect.ts';
import { papers } from '../schema.ts';
import { searchPapers } from './search.ts';

export interface Suggestion {
  paperId: number;
  arxivId: string | null;
  title: string;
}

/** Titles that what was typed so far may be after, best first; the titles are as they are stored. */
export async function suggestTitles(db: Db, typed: string, limit: number, now: Date): Promise<Suggestion[]> {
  const { hits } = await searchPapers(db, { text: typed, limit, begun: true }, now);
  if (hits.length === 0) return [];
  const rows = await db
    .select({ paperId: papers.id, arxivId: papers.arxivId, title: papers.title })
    .from(papers)
    .where(inArray(papers.id, hits.map((hit) => hit.paperId)));
  const byId = new Map(rows.map((row) => [row.paperId, row]));
  return hits.flatMap((hit) => byId.get(hit.paperId) ?? []);
}
