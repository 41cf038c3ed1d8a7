// Which paper a record is about, among those of the database and those of the batch.
import { and, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { MergedPaper } from '../core/merge.ts';
import type { PaperRecord } from '../core/source.ts';
import { titleKey } from '../core/text.ts';
import { rowsOf, type Db } from './connect.ts';
import { papers } from './schema.ts';

/** A paper in work. `id` is undefined until it is written for the first time. */
export interface Slot {
  id: number | undefined;
  paper: MergedPaper;
  titleKey: string;
  /** Something of it has to be searched for in a new way. */
  reindex: boolean;
}

/** What a source said of a paper last time. */
export interface ToldRecord {
  paperId: number;
  digest: string;
  upvotes: number | null;
  stars: number | null;
  updatedAt: Date;
}

export interface Matches {
  /** The paper by row id, else by arXiv id, by its own id, or, for a page's paper, by its title when exactly one arXiv paper has that. */
  find(record: PaperRecord, told: ToldRecord | undefined): Slot | undefined;
  /** Takes in a new paper, so that later records of the batch find it. */
  add(paper: MergedPaper): Slot;
}

export function recordKey(record: { source: string; id: string }): string {
  return `${record.source}\n${record.id}`;
}

/** What the same sources said under the same ids before, by `recordKey`. */
export async function listTold(db: Db, records: PaperRecord[]): Promise<Map<string, ToldRecord>> {
  const keys = JSON.stringify(records.map(({ source, id }) => ({ source, id })));
  const rows = await rowsOf<Record<keyof ToldRecord | 'source' | 'id', never>>(
    db,
    sql`select r.source, r.source_id as id, r.paper_id as "paperId", r.digest, r.upvotes, r.stars, r.updated_at as "updatedAt"
        from jsonb_to_recordset(${keys}::jsonb) as k(source text, id text)
        join paper_records r on r.source = k.source and r.source_id = k.id`,
  );
  // The drivers give large numbers and instants as they like.
  return new Map(
    rows.map(({ source, id, paperId, updatedAt, ...rest }) => [
      recordKey({ source, id }),
      { ...rest, paperId: Number(paperId), updatedAt: new Date(updatedAt) },
    ]),
  );
}

/** The papers that these records may be about. */
export async function findMatches(db: Db, records: PaperRecord[], told: Map<string, ToldRecord>): Promise<Matches> {
  const keyOf = new Map(records.filter(({ source }) => source === 'page').map((record) => [record, titleKey(record.title)]));
  const slots = await listSlots(db, records, told, [...keyOf.values()].filter(Boolean));
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  const byArxivId = new Map(slots.map((slot) => [slot.paper.arxivId, slot]));
  const byRef = new Map(slots.map((slot) => [slot.paper.ref, slot]));
  return {
    find: (record, before) => {
      if (before && byId.has(before.paperId)) return byId.get(before.paperId);
      if (record.arxivId) return byArxivId.get(record.arxivId);
      const title = keyOf.get(record);
      const titled = title ? slots.filter((slot) => slot.paper.arxivId && slot.titleKey === title) : [];
      return titled.length === 1 ? titled[0] : byRef.get(record.id);
    },
    add: (paper) => {
      const slot: Slot = { id: undefined, paper, titleKey: '', reindex: true };
      if (paper.arxivId) byArxivId.set(paper.arxivId, slot);
      byRef.set(paper.ref, slot);
      return slot;
    },
  };
}

async function listSlots(db: Db, records: PaperRecord[], told: Map<string, ToldRecord>, titles: string[]): Promise<Slot[]> {
  const rows = await db
    .select()
    .from(papers)
    .where(
      or(
        inArray(papers.id, unique(records.flatMap((record) => told.get(recordKey(record))?.paperId ?? []))),
        inArray(papers.arxivId, unique(records.flatMap(({ arxivId }) => arxivId ?? []))),
        inArray(papers.ref, unique(records.flatMap(({ arxivId, id }) => (arxivId ? [] : id)))),
        and(isNotNull(papers.arxivId), inArray(papers.titleKey, unique(titles))),
      ),
    );
  return rows.map(({ id, titleKey, updatedAt: _at, ...paper }) => ({ id, paper, titleKey, reindex: false }));
}

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}
