// Who signed a paper, as the index holds it: hashes of names in order, so that a given name stands before its family name.
import { readName } from '../../core/words.ts';
import { noteChange, type TermChanges } from './terms.ts';

/** Of a crowd, the first of them and the last. */
const MOST_AUTHORS = 60;

/** In the low bits of a hash, which are free: this is a family name. Only those are counted; a given name says little alone. */
export const FAMILY = 1;

export function namesOf(authors: string[]): number[] {
  const signed = authors.length > MOST_AUTHORS ? [...authors.slice(0, MOST_AUTHORS - 1), authors.at(-1)!] : authors;
  return signed.flatMap((author) => {
    const { given, family } = readName(author);
    return [...given.map(({ hash }) => hash), ...family.map(({ hash }) => hash | FAMILY)];
  });
}

/** Notes that `by` more papers are signed with these names; their stems are only known while they come. */
export function noteNames(changes: TermChanges, names: number[], by: number): void {
  for (const name of new Set(names)) if (name & FAMILY) noteChange(changes, { stem: '', hash: name & ~FAMILY }, 0, by);
}
