// Records from the sources into papers: merged in memory, a chunk at a time, and written with a few statements.
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { mergeRecord, sightingTime, type MergedPaper } from '../core/merge.ts';
import type { PaperRecord } from '../core/source.ts';
import { titleKey } from '../core/text.ts';
import type { Db } from './connect.ts';
import { joinPages } from './paper-join.ts';
import { findMatches, listTold, recordKey, type Matches, type ToldRecord } from './paper-match.ts';
import { writePapers, writeRecords, writeSnapshots, type RecordToWrite } from './paper-write.ts';
import { indexPapers, type Documents } from './search/index.ts';

/** Each record is counted once: it made a paper, told something new of one, or said what it had said before. */
export interface Saved {
  inserted: number;
  updated: number;
  unchanged: number;
}

/**
 * Saves what sources say. Records of one paper become one paper, in whatever order, number and batch they come; a
 * record that says what it said last time writes nothing. Votes and stars are kept as snapshots whenever they change.
 * One transaction for every 2,000 records; safe to run in several processes at once. `ready`: the words of these papers,
 * when they were read beforehand (`readDocuments`).
 */
export async function saveRecords(db: Db, records: PaperRecord[], now: Date, ready?: Documents): Promise<Saved> {
  const saved: Saved = { inserted: 0, updated: 0, unchanged: 0 };
  for (let at = 0; at < records.length; at += CHUNK) {
    const chunk = records.slice(at, at + CHUNK);
    const part = await db.transaction((tx) => saveChunk(tx, chunk, now, ready));
    for (const count of ['inserted', 'updated', 'unchanged'] as const) saved[count] += part[count];
  }
  return saved;
}

// The more at once, the fewer times the row of a common word is written: a third of the time of 500 at once.
const CHUNK = 2_000;

/** Any number that other programs on the same server are unlikely to take for a lock of theirs. */
const SAVE_LOCK = 7_204_511_904;

async function saveChunk(tx: Db, records: PaperRecord[], now: Date, ready?: Documents): Promise<Saved> {
  // One writer at a time: two that merge the same papers would each miss what the other is about to insert. And no wait
  // for the disk: commits stay in order, so a crash loses at most the last of them, and the run that made it as well.
  await tx.execute(sql`select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(${SAVE_LOCK})`);
  const told = await listTold(tx, records);
  const news = records
    .map((record) => ({ record, digest: digestOf(record) }))
    .filter(({ record, digest }) => isNews(told.get(recordKey(record)), digest, now));
  if (!news.length) return { inserted: 0, updated: 0, unchanged: records.length };

  const matches = await findMatches(tx, news.map(({ record }) => record), told);
  const { work, changes } = mergeNews(news, told, matches, now);
  const slots = [...new Set(work.map(({ slot }) => slot))];
  for (const slot of slots) slot.titleKey = titleKey(slot.paper.title);
  const fresh = await writePapers(tx, slots, now);
  await writeRecords(tx, work, now);
  await writeSnapshots(tx, work, now);
  const gone = await joinPages(tx, slots);
  const changed = slots.filter((slot) => slot.reindex && !gone.has(slot.id!));
  await indexPapers(tx, changed.map(({ id, paper }) => ({ ...paper, id: id! })), ready);

  // A new paper that turned out to be one that a page had told of is no new paper.
  const inserted = fresh.size - [...gone.values()].filter((kept) => fresh.has(kept)).length;
  return { inserted, updated: changes - inserted, unchanged: records.length - changes };
}

interface News {
  record: PaperRecord;
  digest: string;
}

/** Merges in memory, record after record, so that a paper may come any number of times. `changes`: how many said something new. */
function mergeNews(news: News[], told: Map<string, ToldRecord>, matches: Matches, now: Date): { work: RecordToWrite[]; changes: number } {
  const work = new Map<string, RecordToWrite>();
  let changes = 0;
  for (const { record, digest } of news) {
    const key = recordKey(record);
    const before = told.get(key);
    const earlier = work.get(key);
    if (earlier?.digest === digest) continue;
    changes++;
    const at = sightingTime(record, now);
    const found = earlier?.slot ?? matches.find(record, before);
    const merged = mergeRecord(found?.paper, record, { at, first: !before && !earlier });
    const slot = found ?? matches.add(merged);
    slot.reindex ||= differsInSearch(slot.paper, merged);
    slot.paper = merged;
    const upvotes = record.upvotes ?? before?.upvotes ?? null;
    const stars = record.stars ?? before?.stars ?? null;
    const counted = upvotes !== (before?.upvotes ?? null) || stars !== (before?.stars ?? null);
    work.set(key, { record, slot, digest, upvotes, stars, firstSeenAt: at, counted });
  }
  return { work: [...work.values()], changes };
}

/** Not the same again, and not older than what is known: samples and slow answers come late. */
function isNews(before: ToldRecord | undefined, digest: string, now: Date): boolean {
  return !before || (before.digest !== digest && before.updatedAt <= now);
}

/** 128 bits are plenty to tell a change. */
function digestOf(record: PaperRecord): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('base64url').slice(0, 22);
}

function differsInSearch(before: MergedPaper, after: MergedPaper): boolean {
  return (
    before.title !== after.title ||
    before.abstract !== after.abstract ||
    before.upvotes !== after.upvotes ||
    before.publishedOn !== after.publishedOn ||
    before.authors.join('\n') !== after.authors.join('\n')
  );
}
