// What somebody meant who typed a word that no paper has.
import { distance } from 'fastest-levenshtein';
import { readWords } from '../../core/words.ts';
import type { Db } from '../connect.ts';
import { findTerms, findTermsFrom, type Term } from './terms.ts';

/** A word that the typed one is taken for must be this many times as common. */
const COMMONER = 20;
const SHORTEST = 4;

/**
 * The known stem one slip of the pen away that the most papers have: a letter too many, too few, another, or two in the
 * wrong order, anywhere in the word. In long words, and from the third letter on, also two slips away.
 */
export async function findNearest(db: Db, stem: string, terms: Term[]): Promise<Term | undefined> {
  if (stem.length < SHORTEST || /\d/.test(stem)) return undefined;
  const least = COMMONER * Math.max(0, ...terms.map((term) => term.papers));
  const one = [...(await findTerms(db, oneSlipFrom(stem))).values()].filter((term) => term.papers > least);
  if (one.length > 0) return one.reduce((best, term) => (term.papers > best.papers ? term : best));
  if (stem.length < 8) return undefined;
  const near = await findTermsFrom(db, stem.slice(0, 2), stem.length - 2, stem.length + 2, 2_000);
  return near.find((term) => term.papers > least && term.stem !== stem && distance(term.stem, stem) <= 2);
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The hashes of the stems of everything that is one slip away from a word. */
function oneSlipFrom(word: string): number[] {
  const slips = new Set<string>();
  for (let i = 0; i <= word.length; i++) {
    const [before, after] = [word.slice(0, i), word.slice(i)];
    for (const letter of LETTERS) {
      slips.add(before + letter + after);
      if (after) slips.add(before + letter + after.slice(1));
    }
    if (after) slips.add(before + after.slice(1));
    if (after.length > 1) slips.add(before + after[1]! + after[0]! + after.slice(2));
  }
  slips.delete(word);
  return [...new Set([...slips].flatMap((slip) => readWords(slip).flatMap(({ parts }) => parts.map(({ hash }) => hash))))];
}
