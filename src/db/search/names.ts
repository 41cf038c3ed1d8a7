// Who signed a paper, as the index holds it: hashes of names in order, so that a given name stands before its family name.
import { sql } from 'drizzle-orm';
import { readName, type Word } from '../../core/words.ts';
import type { Db } from '../connect.ts';
import { noteChange, type TermChanges } from './terms.ts';

/** Of a crowd, the first of them and the last. */
const MOST_AUTHORS = 60;

/** In the low bits of a hash, which are free: this is a family name. Only those are counted; a given name says little alone. */
export const FAMILY = 1;

/** The names under a paper. Family names stand among the stems as `@lovelac`, so that one that is only begun is found. */
export function namesOf(authors: string[]): Word[] {
  const signed = authors.length > MOST_AUTHORS ? [...authors.slice(0, MOST_AUTHORS - 1), authors.at(-1)!] : authors;
  return signed.flatMap((author) => {
    const { given, family } = readName(author);
    return [...given, ...family.map(({ stem, hash }) => ({ stem, hash: hash | FAMILY }))];
  });
}

/** Notes that `by` more papers are signed with these names; their stems are only known while they come. */
export function noteNames(changes: TermChanges, names: Word[], by: number): void {
  const families = new Map(names.filter(({ hash }) => hash & FAMILY).map((name) => [name.hash, name]));
  for (const { stem, hash } of families.values()) noteChange(changes, { stem, hash: hash & ~FAMILY }, 0, by);
}

/** Gives family names that an earlier version counted without their stems those stems. */
export async function spellNames(db: Db, authors: string[][]): Promise<void> {
  const families = new Map(authors.flatMap(namesOf).filter(({ hash }) => hash & FAMILY).map((name) => [name.hash & ~FAMILY, name.stem]));
  // Always in the same order, so that two processes wait for each other and never in a ring.
  const sorted = [...families].sort(([a], [b]) => a - b);
  if (sorted.length === 0) return;
  await db.execute(sql`
    update search_terms t set stem = name.stem
    from unnest(string_to_array(${sorted.map(([hash]) => hash).join()}, ',')::int[], string_to_array(${sorted.map(([, stem]) => stem).join(' ')}, ' ')) as name (hash, stem)
    where t.hash = name.hash and t.stem = ''`);
}
