// Text as words that can be compared: folded, split, stemmed. Topics and search read papers through this one function.
import { newStemmer } from 'snowball-stemmers';
import { plain } from './text.ts';

/** The stems of a text in order; case, accents, LaTeX and endings don't matter. `K-means` is `k`, `mean`. */
export function wordsOf(source: string): string[] {
  const folded = plain(source).normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).map(stemOf);
}

const english = newStemmer('english');
const stems = new Map<string, string>();
const MOST_STEMS = 50_000;

/** The Snowball stem of one lower-case word; the commonest are remembered, since stemming takes 12 µs. */
export function stemOf(word: string): string {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = word.length > 64 ? word : english.stem(word);
    if (stems.size >= MOST_STEMS) stems.clear();
    stems.set(word, stem);
  }
  return stem;
}
