// Writes the index: a row a paper, and the counts of the stems that came and went.
import { sql } from 'drizzle-orm';
import type { Word } from '../../core/words.ts';
import { anyId, rowsOf, type Db } from '../connect.ts';
import { readDocuments, textKey, type Documents, type SearchDocument } from './document.ts';
import { namesOf, noteNames } from './names.ts';
import { ALL_PAPERS, noteChange, writeChanges, type TermChanges } from './terms.ts';

export interface IndexedPaper {
  id: number;
  title: string;
  abstract: string;
  authors: string[];
  upvotes: number | null;
  publishedOn: string | null;
}

/**
 * Puts these papers into the index, or replaces them there. Call it inside the transaction that wrote their rows, once,
 * with all of its papers: those rows' locks keep two processes from counting one paper twice.
 */
export async function indexPapers(db: Db, papers: IndexedPaper[], ready?: Documents): Promise<void> {
  if (papers.length === 0) return;
  const before = await findIndexed(db, papers.map((paper) => paper.id));
  const documents = await readDocuments(papers, ready);
  const changes: TermChanges = new Map();
  for (let at = 0; at < papers.length; at += PART) {
    const part = papers.slice(at, at + PART).map((paper) => ({ paper, document: documents.get(textKey(paper))!, names: namesOf(paper.authors) }));
    for (const { paper, document, names } of part) noteDocument(changes, document, names, before.get(paper.id));
    await writeDocuments(db, part);
  }
  await writeChanges(db, changes);
  // After a full batch another will follow, or the end of the read.
  if (papers.length < FULL_BATCH) await emptyPendingLists(db);
}

/**
 * What is new waits in a list that every search reads through, and a long one makes searches ten times as slow. Call it
 * when many papers were taken in: by itself Postgres empties a list when it is full or the table is vacuumed, and the
 * embedded database is vacuumed daily.
 */
export async function emptyPendingLists(db: Db): Promise<void> {
  await db.execute(sql`select gin_clean_pending_list('search_docs_keys'), gin_clean_pending_list('search_docs_names'), gin_clean_pending_list('search_docs_pairs'), gin_clean_pending_list('search_docs_voted'), gin_clean_pending_list('papers_categories')`);
}

const PART = 125;
const FULL_BATCH = 400;

/** Takes papers out of the index. Call it before their rows are deleted, in the same transaction. */
export async function forgetPapers(db: Db, ids: number[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await rowsOf<Indexed>(
    db,
    sql`delete from search_docs where paper_id = ${anyId(ids)}
        returning paper_id as id, array_to_string(keys, ',') as keys, array_to_string(names, ',') as names`,
  );
  const changes: TermChanges = new Map();
  for (const row of rows) noteRemoval(changes, row);
  await writeChanges(db, changes);
}

async function writeDocuments(db: Db, part: { paper: IndexedPaper; document: SearchDocument; names: Word[] }[]): Promise<void> {
  const column = (cell: (row: (typeof part)[number]) => string | number) => part.map(cell).join(' ');
  const ids = column(({ paper }) => paper.id);
  const upvotes = column(({ paper }) => paper.upvotes ?? '-');
  const dates = column(({ paper }) => paper.publishedOn ?? '-');
  const titleLengths = column(({ document }) => document.titleLength);
  const tokens = column(({ document }) => base64Of(document));
  const keys = column(({ document }) => `{${document.weighed.map(({ word, bucket }) => word.hash | bucket).join()}}`);
  const names = column((row) => `{${row.names.map(({ hash }) => hash).join()}}`);
  const pairs = column(({ document }) => `{${document.pairs.join()}}`);
  // Lists go as text: both drivers send that alike, and quicker than arrays.
  await db.execute(sql`
    insert into search_docs (paper_id, upvotes, published_on, title_length, tokens, keys, names, pairs)
    select id, upvotes, published_on, title_length, decode(coalesce(tokens, ''), 'base64'), keys::int[], names::int[], pairs::int[] from unnest(
      string_to_array(${ids}, ' ')::bigint[], string_to_array(${upvotes}, ' ', '-')::int[],
      string_to_array(${dates}, ' ', '-')::date[], string_to_array(${titleLengths}, ' ')::smallint[],
      string_to_array(${tokens}, ' '), string_to_array(${keys}, ' '),
      string_to_array(${names}, ' '), string_to_array(${pairs}, ' ')
    ) as doc (id, upvotes, published_on, title_length, tokens, keys, names, pairs)
    on conflict (paper_id) do update set upvotes = excluded.upvotes, published_on = excluded.published_on,
      title_length = excluded.title_length, tokens = excluded.tokens, keys = excluded.keys, names = excluded.names, pairs = excluded.pairs`);
}

interface Indexed {
  id: string | number;
  keys: string;
  names: string;
}

async function findIndexed(db: Db, ids: number[]): Promise<Map<number, Indexed>> {
  const rows = await rowsOf<Indexed>(
    db,
    sql`select paper_id as id, array_to_string(keys, ',') as keys, array_to_string(names, ',') as names from search_docs
        where paper_id = ${anyId(ids)}`,
  );
  return new Map(rows.map((row) => [Number(row.id), row]));
}

function noteDocument(changes: TermChanges, document: SearchDocument, names: Word[], before: Indexed | undefined): void {
  if (before) noteRemoval(changes, before, 0);
  else noteChange(changes, ALL_PAPERS, 0, 1);
  for (const { word, bucket } of document.weighed) noteChange(changes, word, bucket, 1);
  noteNames(changes, names, 1);
}

function noteRemoval(changes: TermChanges, { keys, names }: Indexed, papers = 1): void {
  if (papers) noteChange(changes, ALL_PAPERS, 0, -papers);
  for (const key of readList(keys)) noteChange(changes, { stem: '', hash: key & ~15 }, key & 15, -1);
  noteNames(changes, readList(names).map((hash) => ({ stem: '', hash })), -1);
}

function readList(list: string): number[] {
  return list ? list.split(',').map(Number) : [];
}

function base64Of(document: SearchDocument): string {
  const hashes = new Int32Array(document.words.length);
  for (let i = 0; i < hashes.length; i++) hashes[i] = document.words[i]!.hash;
  return Buffer.from(hashes.buffer).toString('base64');
}
