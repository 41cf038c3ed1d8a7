// The exact score of a paper for a query: BM25F, and a bonus for words that stand side by side as they were typed.
import { PAIR } from './pairs.ts';
import { SENTENCE, slotRarity, type Query } from './query.ts';
import { abstractNorm, frequency, saturate, titleNorm } from './weights.ts';

export interface Match {
  score: number;
  /** It has every word of the query. */
  whole: boolean;
  /** The words of its title are those of the query, in order and none besides. */
  isTitle: boolean;
  /** Some word of the query is in its title. */
  inTitle: boolean;
}

/** What is scored: a paper's stems, title first, `titleLength` of them, and the names that it is signed with. */
export interface Scored {
  tokens: Int32Array;
  titleLength: number;
  names: number[];
}

/** A function that scores one paper. */
export function makeScorer(query: Query): (paper: Scored) => Match {
  const hashes = [...new Set(query.slots.flatMap((slot) => slot.terms.map((term) => term.hash)))];
  const indexes = new Map(hashes.map((hash, i) => [hash, i]));
  const slots = query.slots.map((slot) => slot.terms.map((term) => indexes.get(term.hash)!));
  const rarities = query.slots.map((slot) => slotRarity(slot, query.all));
  const pairs = pairsOf(query, indexes, slots, rarities);
  const fullName = pairWeight(slots.length) * Math.max(0, ...rarities);
  const next = new Int32Array(hashes.length).fill(-1);
  for (const pair of pairs) next[pair.first] = pair.second;
  const inTitle = new Float64Array(hashes.length);
  const inAbstract = new Float64Array(hashes.length);
  const followed = new Float64Array(hashes.length);

  return ({ tokens, titleLength, names }) => {
    for (const counts of [inTitle, inAbstract, followed]) counts.fill(0);
    for (let i = 0, previous = -1; i < tokens.length; i++) {
      const index = indexes.get(tokens[i]!) ?? -1;
      if (index >= 0) {
        if (i < titleLength) inTitle[index]!++;
        else inAbstract[index]!++;
        if (previous >= 0 && next[previous] === index) followed[previous]!++;
      }
      previous = index;
    }
    const [titleLengthNorm, abstractLengthNorm] = [titleNorm(titleLength), abstractNorm(tokens.length - titleLength)];
    let score = 0;
    let met = 0;
    for (let i = 0; i < slots.length; i++) {
      // The best alternative counts: `pre-training` stands in a paper as two words and as one, and is one word all the same.
      let most = 0;
      const { name } = query.slots[i]!;
      if (name && names.includes(name.key)) most = SIGNED;
      for (const term of slots[i]!) most = Math.max(most, frequency(inTitle[term]!, inAbstract[term]!, titleLengthNorm, abstractLengthNorm));
      if (most > 0) met++;
      score += rarities[i]! * saturate(most);
    }
    for (const { first, points } of pairs) score += (points * followed[first]!) / (followed[first]! + 1);
    for (const [given, family] of query.signed) if (names.some((name, i) => name === given && names.indexOf(family, i) === i + 1)) score += fullName;
    return { score, whole: met === slots.length, isTitle: isTitle(query, tokens, titleLength), inTitle: inTitle.some((n) => n > 0) };
  };
}

/** A name under a paper counts as a word so often in its text. */
const SIGNED = 2;

/** What two neighbours are worth beside their words: much in a name of a few words, less in a sentence. */
const pairWeight = (words: number) => (words <= SENTENCE ? PAIR : 0.7);

function pairsOf(query: Query, indexes: Map<number, number>, slots: number[][], rarities: number[]) {
  const pairs = new Map<number, { first: number; second: number; points: number }>();
  const rarityOf = (term: number) => rarities[slots.findIndex((terms) => terms.includes(term))]!;
  for (let i = 1; i < query.order.length; i++) {
    const [first, second] = [indexes.get(query.order[i - 1]!), indexes.get(query.order[i]!)];
    if (first === undefined || second === undefined) continue;
    pairs.set(first, { first, second, points: pairWeight(slots.length) * Math.min(rarityOf(first), rarityOf(second)) });
  }
  return [...pairs.values()];
}

/** The mean rarity of a query's words. */
export function meanRarity(query: Query): number {
  const sum = query.slots.reduce((total, slot) => total + slotRarity(slot, query.all), 0);
  return sum / Math.max(1, query.slots.length);
}

function isTitle(query: Query, tokens: Int32Array, titleLength: number): boolean {
  if (query.order.length === 0 || titleLength !== query.order.length + query.joined) return false;
  return query.order.every((hash, i) => tokens[i] === hash);
}
