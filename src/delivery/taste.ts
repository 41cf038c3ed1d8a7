// A roundup's candidates in the order of the channel's own taste.
import { layOut, leanings, swayed, type Exemplar, type Leaning, type Postings } from '../core/taste.ts';
import type { Db } from '../db/connect.ts';
import { readStems } from '../db/search/index.ts';
import type { Candidates, Ranked } from './candidates.ts';

export interface Tasted extends Ranked {
  /** Undefined where the taste has nothing to say. */
  leaning?: Leaning | undefined;
}

/** Puts what a workspace's people see in the order of one channel. */
export type Taster = (ranked: Ranked[], taste: Exemplar[], candidates: Candidates) => Promise<Tasted[]>;

// Read when the first channel with a taste comes, and the same for all channels that look at the same candidates.
const laidOut = new WeakMap<Candidates, Promise<Postings>>();

export function tasterOf(db: Db): Taster {
  return async (ranked, taste, candidates) => {
    let postings = laidOut.get(candidates);
    if (!postings) laidOut.set(candidates, (postings = readStems(db, ranked.map(({ candidate }) => candidate.paper.id)).then(layOut)));
    return sorted(ranked, leanings(taste, await postings));
  };
}

// Those that are moved and those that are not are in order by themselves, which a merging sort makes use of.
function sorted(ranked: Ranked[], found: Map<number, Leaning>): Tasted[] {
  const moved: Tasted[] = [];
  const left: Tasted[] = [];
  for (const one of ranked) {
    const leaning = found.get(one.candidate.paper.id);
    if (leaning) moved.push({ ...one, leaning, score: swayed(one.score, leaning) });
    else left.push(one);
  }
  return [...moved.sort(byScore), ...left].sort(byScore);
}

function byScore(a: Tasted, b: Tasted): number {
  return b.score - a.score;
}
