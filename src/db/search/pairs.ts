// Two neighbours in a title as one key: the best papers for two common words have them side by side, which no word's key tells.
import type { Word } from '../../core/words.ts';
import { BUCKETS, saturate } from './weights.ts';

/** What the least title pair, of a very long title, is worth, and how much more the next bucket stands for. */
const LEAST = 4;
const STEP = 0.3;

/** The key of two stems side by side. Pairs may share one by chance: what it finds is scored word by word. */
export function pairKey(first: number, second: number, bucket: number): number {
  let hash = Math.imul(first, 0x9e3779b1) ^ second;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (((hash ^ (hash >>> 13)) >>> 16) << 4) | bucket;
}

/** The pairs of a paper's title, each once, in the bucket of what it would score for words that are equally rare. */
export function titlePairs(words: Word[], titleLength: number, frequencyOf: (hash: number) => number): number[] {
  const counts = new Map<number, number>();
  for (let i = 1; i < titleLength; i++) counts.set(pairKey(words[i - 1]!.hash, words[i]!.hash, 0), 0);
  if (counts.size === 0) return [];
  const strengths = new Map<number, number>();
  for (let i = 1; i < words.length; i++) {
    const [first, second] = [words[i - 1]!.hash, words[i]!.hash];
    const key = pairKey(first, second, 0);
    const count = counts.get(key);
    if (count === undefined) continue;
    counts.set(key, count + 1);
    if (count === 0) strengths.set(key, saturate(frequencyOf(first)) + saturate(frequencyOf(second)));
  }
  return Array.from(counts, ([key, count]) => key | bucketOf(strengths.get(key)! + (PAIR * count) / (count + 1)));
}

/** What neighbours of a query of a few words are worth beside them, times the lesser rarity: see score.ts. */
export const PAIR = 4;

function bucketOf(strength: number): number {
  return Math.max(0, Math.min(BUCKETS - 1, Math.round((strength - LEAST) / STEP)));
}
