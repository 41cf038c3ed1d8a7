// A second look at the answer to more than two words: papers that speak like the best of them go up (Rocchio's feedback).
import type { Db } from '../connect.ts';
import type { Scored } from './score.ts';
import { ALL_PAPERS, findTerms } from './terms.ts';
import { abstractNorm, frequency, rarity, saturate, titleNorm } from './weights.ts';

/** So many papers, the best, tell how the answer speaks, in so many words; so many of the first are put in order anew. */
const BEST = 10;
const WORDS = 40;
export const LOOKED_AT = 200;
const LOOKED_UP = 200;

/** How much less a paper says that scores less than the best: half its score, a 64th of its say. */
const STEEPNESS = 6;

/** What all of it is worth beside the best score. */
const SHARE = 0.7;

/**
 * For each of the papers, which come best first with their scores, what speaks for it besides: 0 to 0.7 of the best score.
 *
 *     weight(word)  = Σ over the best papers of (score / best score)⁶ · share of the word's saturated frequency · rarity
 *     support(paper) = Σ over the 40 heaviest words of weight · saturated frequency, scaled so that the most is 0.7 of the best score
 */
export async function readSupport(db: Db, papers: { paper: Scored; score: number }[]): Promise<number[]> {
  const best = papers[0]?.score ?? 0;
  if (best <= 0) return papers.map(() => 0);
  const speakers = papers.slice(0, BEST).map(({ paper, score }) => ({ weights: weigh(paper), say: (score / best) ** STEEPNESS }));
  const known = await findTerms(db, [ALL_PAPERS.hash, ...heaviest(speakers)]);
  const all = known.get(ALL_PAPERS.hash)?.papers ?? 0;
  const weights = new Map<number, number>();
  for (const speaker of speakers) {
    const telling = new Map<number, number>();
    for (const [hash, weight] of speaker.weights) {
      const papers = known.get(hash)?.papers ?? 0;
      // A word that no other paper has tells nothing of others.
      if (papers > 1) telling.set(hash, weight * rarity(papers, all));
    }
    const length = Math.hypot(...telling.values()) || 1;
    for (const [hash, weight] of telling) weights.set(hash, (weights.get(hash) ?? 0) + (speaker.say * weight) / length);
  }
  const words = new Map([...weights].sort(([, a], [, b]) => b - a).slice(0, WORDS));
  const supports = papers.map(({ paper }) => {
    let support = 0;
    for (const [hash, weight] of weigh(paper, words)) support += words.get(hash)! * weight;
    return support;
  });
  const most = Math.max(...supports) || 1;
  return supports.map((support) => (SHARE * best * support) / most);
}

/** The words that could be telling, before it is known how rare they are. */
function heaviest(speakers: { weights: Map<number, number>; say: number }[]): number[] {
  const said = new Map<number, number>();
  for (const { weights, say } of speakers) for (const [hash, weight] of weights) said.set(hash, (said.get(hash) ?? 0) + say * weight);
  return [...said].sort(([, a], [, b]) => b - a).slice(0, LOOKED_UP).map(([hash]) => hash);
}

/** The saturated frequency of each word, or of the `asked` ones, by hash. */
function weigh({ tokens, titleLength }: Scored, asked?: ReadonlyMap<number, number>): Map<number, number> {
  const inTitle = frequency(1, 0, titleNorm(titleLength), 1);
  const inAbstract = frequency(0, 1, 1, abstractNorm(tokens.length - titleLength));
  const weights = new Map<number, number>();
  for (let i = 0; i < tokens.length; i++) {
    const hash = tokens[i]!;
    if (!asked || asked.has(hash)) weights.set(hash, (weights.get(hash) ?? 0) + (i < titleLength ? inTitle : inAbstract));
  }
  for (const [hash, weight] of weights) weights.set(hash, saturate(weight));
  return weights;
}
