// Names of authors for somebody who is still typing: a word of a name, the last of them perhaps only begun.
import { sql, type SQL } from 'drizzle-orm';
import { asFamily, asGiven, readWords } from '../../core/words.ts';
import { nameParts } from '../../core/topic.ts';
import { rowsOf, type Db } from '../connect.ts';
import { trustIndex } from '../planner.ts';
import { FAMILY } from './names.ts';
import { findTerms, findTermsFrom, intArray, type Term } from './terms.ts';

export interface AuthorSuggestions {
  /** As papers are signed, those with the most papers first. */
  names: string[];
  /** Names are rather meant than titles: of several words, or of one that far more papers are signed with than have it. */
  likely: boolean;
}

const SHORTEST = 3;
const LONGEST = 32;
const MOST_FAMILIES = 12;
const MOST_WORDS = 4;
/** So many papers are read, the newest. */
const PAPERS = 300;
const MANY = 20_000;
/** A word that papers are signed with this many times as often as they use it is rather a name. */
const RATHER = 4;

/** People who have signed papers and may be meant. None before the third letter. */
export async function suggestAuthors(db: Db, typed: string, limit: number): Promise<AuthorSuggestions> {
  const asked = nameParts(typed.slice(0, 200));
  const last = asked.at(-1) ?? '';
  if (asked.length > MOST_WORDS || !asked.some(({ length }) => length >= SHORTEST)) return NOBODY;
  return db.transaction(async (tx) => {
    await trustIndex(tx);
    const begun = last.length >= SHORTEST ? await findBegun(tx, `@${last}`, stemsIn(last).map((stem) => asFamily(stem).hash)) : [];
    const conditions = asked.flatMap((part, i) => signedWith(part, i === asked.length - 1 ? begun.map(({ hash }) => hash) : []));
    if (conditions.length === 0) return NOBODY;
    const signed = papersOf(begun);
    // The planner would look for a name that few have among all papers, the newest first. The fence leaves it the index;
    // of a name that very many have, the newest papers are soon found.
    const fence = signed > MANY ? sql`` : sql`offset 0`;
    const found = sql`select paper_id from (select paper_id from search_docs where ${sql.join(conditions, sql` and `)} ${fence}) found order by paper_id desc limit ${PAPERS}`;
    const rows = await rowsOf<{ authors: string }>(tx, sql`select authors::text as authors from papers where id in (${found})`);
    const used = begun.length > 0 ? await findBegun(tx, last, readWords(last).flatMap(({ parts }) => parts.map(({ hash }) => hash))) : [];
    const names = ranked(rows.flatMap(({ authors }) => JSON.parse(authors) as string[]), asked).slice(0, limit);
    return { names, likely: asked.length > 1 || signed > RATHER * papersOf(used) };
  });
}

const NOBODY: AuthorSuggestions = { names: [], likely: false };

// An initial says too little to look for, and is looked at in what the other words find.
function signedWith(part: string, begun: number[]): SQL[] {
  if (part.length < 2 || (part.length < SHORTEST && begun.length === 0)) return [];
  const whole = stemsIn(part).flatMap((stem) => [asGiven(stem).hash, asFamily(stem).hash | FAMILY]);
  const keys = [...new Set([...whole, ...begun.map((hash) => hash | FAMILY)])];
  return keys.length > 0 ? [sql`names && ${intArray(keys)}`] : [];
}

/** The known stems that begin so, the commonest, and those that the whole word has. */
async function findBegun(db: Db, start: string, whole: number[]): Promise<Term[]> {
  const terms = await findTerms(db, whole);
  for (const term of await findTermsFrom(db, start, start.length, LONGEST, MOST_FAMILIES)) terms.set(term.hash, term);
  return [...terms.values()];
}

function papersOf(terms: Term[]): number {
  return terms.reduce((sum, { papers }) => sum + papers, 0);
}

function stemsIn(part: string): string[] {
  return readWords(part).flatMap(({ parts }) => parts.map(({ stem }) => stem));
}

// The same person may sign with other accents or in other letters: the commonest way stands for all.
function ranked(names: string[], asked: string[]): string[] {
  const people = new Map<string, { ways: Map<string, number>; papers: number }>();
  for (const name of names) {
    const parts = nameParts(name);
    if (!isMeant(parts, asked)) continue;
    const key = parts.join(' ');
    const person = people.get(key) ?? { ways: new Map<string, number>(), papers: 0 };
    person.ways.set(name, (person.ways.get(name) ?? 0) + 1);
    person.papers++;
    people.set(key, person);
  }
  const sorted = [...people.entries()].sort(([a, one], [b, other]) => other.papers - one.papers || (a < b ? -1 : 1));
  return sorted.map(([, { ways }]) => [...ways].reduce((best, way) => (way[1] > best[1] ? way : best))[0]);
}

/** Each word is a part of the name, an initial of one, or, the last, begins one. */
function isMeant(parts: string[], asked: string[]): boolean {
  return asked.every((word, i) => parts.some((part) => (i === asked.length - 1 || word.length === 1 ? part.startsWith(word) : part === word)));
}
