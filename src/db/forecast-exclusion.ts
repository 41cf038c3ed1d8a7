// The one word that splits a broad topic best: what could be left out of it.
import { sql, type SQL } from 'drizzle-orm';
import { wantedTerms, type Node } from '../core/topic.ts';
import { readWords } from '../core/words.ts';
import { anyId, rowsOf, type Db } from './connect.ts';

export interface Exclusion {
  /** The word as papers write it most. */
  word: string;
  /** Of the topic's papers, the share that has it: 0 to 1, an estimate from some of them. */
  share: number;
}

/** Leaving out less changes little, and what more have is what the topic is about. */
const LEAST = 0.15;
const MOST = 0.5;
/** The word stands so many times more often in the topic's papers than in the newest of all: `method` and `result` tell none apart. */
const TELLING = 1.5;
const NEWEST = 300;
/** In the titles of so many: what a paper is about, and not how everybody writes, stands there. */
const IN_TITLES = 0.05;
/** Fewer papers than this show nothing. */
const ENOUGH = 20;

/** The word which, among these papers of the topic, is frequent and telling; undefined when there is none. */
export async function findExclusion(db: Db, root: Node, paperIds: number[]): Promise<Exclusion | undefined> {
  if (paperIds.length < ENOUGH) return undefined;
  const ids = anyId(paperIds);
  const topic = await readWordsOf(db, ids);
  const titles = await rowsOf<{ title: string }>(db, sql`select title from papers where id = ${ids}`);
  const titled = titles.map(({ title }) => new Set(readWords(title).flatMap(({ parts }) => parts.map(({ hash }) => hash))));
  const newest = await readWordsOf(db, sql`any(array(select id from papers order by listed_at desc limit ${NEWEST}))`);
  const own = new Set(wantedTerms(root).flatMap((term) => (term.kind === 'words' ? term.words.map(({ hash }) => hash) : [])));
  const [best] = [...topic.having]
    .map(([hash, having]) => ({ hash, having, share: having.length / topic.papers }))
    .filter(({ hash, share }) => share >= LEAST && share <= MOST && !own.has(hash))
    .filter(({ hash }) => titled.filter((words) => words.has(hash)).length >= IN_TITLES * titled.length)
    .map((one) => ({ ...one, lift: (one.share * newest.papers) / (newest.having.get(one.hash)?.length ?? 1) }))
    .filter(({ lift }) => lift >= TELLING)
    .sort((a, b) => b.share * Math.log2(b.lift) - a.share * Math.log2(a.lift));
  if (!best) return undefined;
  const word = await writtenForm(db, best.hash, best.having.slice(0, 20));
  return word === undefined ? undefined : { word, share: best.share };
}

/** How many papers have these ids, and which of them each stem stands in, by its hash. */
async function readWordsOf(db: Db, ids: SQL): Promise<{ papers: number; having: Map<number, number[]> }> {
  const docs = await rowsOf<{ id: string | number; keys: string }>(db, sql`select paper_id as id, array_to_string(keys, ',') as keys from search_docs where paper_id = ${ids}`);
  const having = new Map<number, number[]>();
  for (const { id, keys } of docs) {
    for (const key of keys.split(',')) {
      const hash = Number(key) & ~15;
      having.set(hash, [...(having.get(hash) ?? []), Number(id)]);
    }
  }
  return { papers: docs.length, having };
}

async function writtenForm(db: Db, hash: number, paperIds: number[]): Promise<string | undefined> {
  const rows = await rowsOf<{ text: string }>(db, sql`select title || ' ' || abstract as text from papers where id = ${anyId(paperIds)}`);
  const forms = new Map<string, number>();
  for (const { text } of rows) {
    for (const [form] of text.toLowerCase().matchAll(/[\p{L}\p{N}][\p{L}\p{N}\-‐‑]*[\p{L}\p{N}]/gu)) {
      const [written, ...more] = readWords(form);
      const isIt = more.length === 0 && (written?.joined?.hash ?? (written?.parts.length === 1 ? written.parts[0]!.hash : undefined)) === hash;
      if (isIt) forms.set(form, (forms.get(form) ?? 0) + 1);
    }
  }
  return [...forms].sort((a, b) => b[1] - a[1])[0]?.[0];
}
