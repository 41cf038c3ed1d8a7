// The statements that write papers, records and snapshots, many rows at once.
import { sql, type SQL } from 'drizzle-orm';
import type { PaperRecord } from '../core/source.ts';
import { rowsOf, type Db } from './connect.ts';
import type { Slot } from './paper-match.ts';

/** A record on its way into the table. `counted`: its numbers are not what they were. */
export interface RecordToWrite {
  record: PaperRecord;
  slot: Slot;
  digest: string;
  upvotes: number | null;
  stars: number | null;
  firstSeenAt: Date;
  counted: boolean;
}

/** Inserts the papers that have no id yet, and gives them one; updates the others. Returns the ids that are new. */
export async function writePapers(tx: Db, slots: Slot[], now: Date): Promise<Set<number>> {
  const fresh = slots.filter((slot) => slot.id === undefined);
  const known = slots.filter((slot) => slot.id !== undefined);
  if (known.length) {
    await tx.execute(sql`update papers p set ${columnList((name) => `${name} = r.${name}`)} from ${rows(known, now)} where p.id = r.id`);
  }
  if (!fresh.length) return new Set();
  const names = columnList((name) => name);
  const made = await rowsOf<{ id: number | string; ref: string }>(
    tx,
    sql`insert into papers (${names}) select ${names} from ${rows(fresh, now)} returning id, ref`,
  );
  const ids = new Map(made.map(({ id, ref }) => [ref, Number(id)]));
  for (const slot of fresh) slot.id = ids.get(slot.paper.ref)!;
  return new Set(ids.values());
}

export async function writeRecords(tx: Db, work: RecordToWrite[], now: Date): Promise<void> {
  const json = JSON.stringify(
    work.map(({ slot, record, digest, upvotes, stars, firstSeenAt }) => ({
      ...{ paper_id: slot.id, source: record.source, source_id: record.id, digest, upvotes, stars },
      ...{ listed_on: record.listedOn ?? null, asked: record.asked ?? false, first_seen_at: firstSeenAt },
    })),
  );
  await tx.execute(sql`
    insert into paper_records (paper_id, source, source_id, digest, listed_on, upvotes, stars, asked, first_seen_at, updated_at)
    select paper_id, source, source_id, digest, listed_on, upvotes, stars, asked, first_seen_at, ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${json}::jsonb) as r(paper_id bigint, source text, source_id text, digest text, listed_on date,
      upvotes integer, stars integer, asked boolean, first_seen_at timestamptz)
    on conflict (source, source_id) do update set
      paper_id = excluded.paper_id, digest = excluded.digest, updated_at = excluded.updated_at,
      listed_on = greatest(paper_records.listed_on, excluded.listed_on),
      upvotes = excluded.upvotes, stars = excluded.stars, asked = paper_records.asked and excluded.asked`);
}

/** One snapshot for each record whose votes or stars are not what they were. */
export async function writeSnapshots(tx: Db, work: RecordToWrite[], now: Date): Promise<void> {
  // Two ids of one source can be one paper; the later word counts.
  const latest = new Map(work.filter(({ counted }) => counted).map((row) => [`${row.slot.id} ${row.record.source}`, row]));
  if (!latest.size) return;
  const json = JSON.stringify(
    [...latest.values()].map(({ slot, record, upvotes, stars }) => ({ paper_id: slot.id, source: record.source, upvotes, stars })),
  );
  await tx.execute(sql`
    insert into paper_snapshots (paper_id, source, taken_at, upvotes, stars)
    select paper_id, source, ${now.toISOString()}::timestamptz, upvotes, stars
    from jsonb_to_recordset(${json}::jsonb) as r(paper_id bigint, source text, upvotes integer, stars integer)
    on conflict (paper_id, source, taken_at) do update set upvotes = excluded.upvotes, stars = excluded.stars`);
}

const COLUMNS = {
  ref: 'text', arxiv_id: 'text', version: 'integer', title: 'text', title_key: 'text', abstract: 'text', summary: 'text', authors: 'jsonb',
  categories: 'text[]', published_on: 'date', revised_on: 'date', first_seen_at: 'timestamptz', listed_at: 'timestamptz', sources: 'text[]',
  text_source: 'text', url: 'text', github_url: 'text', project_url: 'text', organization: 'text', doi: 'text', journal_ref: 'text', upvotes: 'integer',
  stars: 'integer', withdrawn: 'boolean', updated_at: 'timestamptz',
} as const; // prettier-ignore

function columnList(word: (name: string) => string): SQL {
  return sql.raw(Object.keys(COLUMNS).map(word).join(', '));
}

function rows(slots: Slot[], now: Date): SQL {
  const types = sql.raw(Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`).join(', '));
  return sql`jsonb_to_recordset(${JSON.stringify(slots.map((slot) => rowOf(slot, now)))}::jsonb) as r(id bigint, ${types})`;
}

function rowOf({ id, paper, titleKey }: Slot, now: Date): Record<keyof typeof COLUMNS | 'id', unknown> {
  return {
    id: id ?? null, ref: paper.ref, arxiv_id: paper.arxivId, version: paper.version, title: paper.title, title_key: titleKey,
    abstract: paper.abstract, summary: paper.summary, authors: paper.authors, categories: paper.categories, published_on: paper.publishedOn, revised_on: paper.revisedOn,
    first_seen_at: paper.firstSeenAt, listed_at: paper.listedAt, sources: paper.sources, text_source: paper.textSource,
    url: paper.url, github_url: paper.githubUrl, project_url: paper.projectUrl, organization: paper.organization, doi: paper.doi, journal_ref: paper.journalRef,
    upvotes: paper.upvotes, stars: paper.stars, withdrawn: paper.withdrawn, updated_at: now,
  }; // prettier-ignore
}
