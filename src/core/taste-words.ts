// A taste in words that a person can read: stems are spelled as the papers spelled them.
import type { Exemplar } from './taste.ts';
import { readWords } from './words.ts';

/**
 * The stems that say most for and against a paper, by hash, the strongest first. What several papers have in common says
 * more of a taste than an odd word of one: each stem's sum counts as often as there are papers that have it.
 */
export function learntStems(taste: Exemplar[], most: number): { for: number[]; against: number[] } {
  const sums = new Map<number, { share: number; papers: number }>();
  for (const { worth, telling } of taste) {
    for (const [hash, share] of telling) {
      const { share: before, papers } = sums.get(hash) ?? { share: 0, papers: 0 };
      sums.set(hash, { share: before + worth * share, papers: papers + 1 });
    }
  }
  const weighed = [...sums].map(([hash, { share, papers }]) => ({ hash, weight: share * papers })).sort((a, b) => b.weight - a.weight);
  return {
    for: weighed.filter(({ weight }) => weight > 0).slice(0, most).map(({ hash }) => hash),
    against: weighed.filter(({ weight }) => weight < 0).reverse().slice(0, most).map(({ hash }) => hash),
  };
}

/** How the texts spell these stems most often, by hash: `LLMs`, `attention`, `self-attention`. A stem that they don't have is left out. */
export function spellings(texts: string[], hashes: ReadonlySet<number>): Map<number, string> {
  const counts = new Map<number, Map<string, number>>();
  const note = (hash: number | undefined, word: string) => {
    if (hash === undefined || !hashes.has(hash)) return;
    const ways = counts.get(hash) ?? new Map<string, number>();
    counts.set(hash, ways.set(word, (ways.get(word) ?? 0) + 1));
  };
  for (const word of texts.flatMap((text) => text.match(WORD) ?? [])) {
    note(readWords(word)[0]?.joined?.hash, word);
    for (const piece of word.split(HYPHENS)) note(readWords(piece)[0]?.parts[0]?.hash, piece);
  }
  return new Map([...counts].map(([hash, ways]) => [hash, commonest(ways)]));
}

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}'’+#]|[-‐‑–](?=[\p{L}\p{N}]))*/gu;
const HYPHENS = /[-‐‑–]/;

// At the beginning of a sentence and in titles every word has a capital: without one, it is the word itself.
function commonest(ways: Map<string, number>): string {
  const [best] = [...ways].reduce((most, way) => (way[1] > most[1] ? way : most));
  return ways.has(best.toLowerCase()) ? best.toLowerCase() : best;
}
