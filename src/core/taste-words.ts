// A taste in words that a person can read: stems are spelled as the papers spelled them.
import type { Exemplar } from './taste.ts';
import { readWords } from './words.ts';

/** The stems that say most for and against a paper, by hash, the strongest first. */
export function learntStems(taste: Exemplar[], most: number): { for: number[]; against: number[] } {
  const sums = new Map<number, number>();
  for (const { worth, telling } of taste) for (const [hash, share] of telling) sums.set(hash, (sums.get(hash) ?? 0) + worth * share);
  const strongest = (sign: 1 | -1) =>
    [...sums]
      .filter(([, sum]) => sum * sign > 0)
      .sort(([, a], [, b]) => (b - a) * sign)
      .slice(0, most)
      .map(([hash]) => hash);
  return { for: strongest(1), against: strongest(-1) };
}

/** How the texts spell these stems most often, by hash: `LLMs`, `attention`. A stem that they don't have is left out. */
export function spellings(texts: string[], hashes: ReadonlySet<number>): Map<number, string> {
  const counts = new Map<number, Map<string, number>>();
  for (const word of texts.flatMap((text) => text.match(WORD) ?? [])) {
    const [hash, another] = readWords(word).flatMap(({ parts }) => parts.map((part) => part.hash));
    if (hash === undefined || another !== undefined || !hashes.has(hash)) continue;
    const spelled = /^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word;
    const ways = counts.get(hash) ?? new Map<string, number>();
    counts.set(hash, ways.set(spelled, (ways.get(spelled) ?? 0) + 1));
  }
  return new Map([...counts].map(([hash, ways]) => [hash, [...ways].reduce((best, way) => (way[1] > best[1] ? way : best))[0]]));
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’+#]*/gu;
