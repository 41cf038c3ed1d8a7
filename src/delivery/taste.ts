// A roundup's candidates in the order of the channel's own taste.
import { layOut, leanings, swayed, type Exemplar, type Leaning, type Postings } from '../core/taste.ts';
import type { Db } from '../db/connect.ts';
import { readStems } from '../db/search/index.ts';
import type { Candidates, Ranked } from './candidates.ts';

export interface Tasted extends Ranked {
  /** Undefined where the taste has nothing to say. */
  leaning?: Leaning | undefined;
}

const PART = 500;

/** Puts what a workspace's people see in the order of one channel. */
export type Taster = (ranked: Ranked[], taste: Exemplar[], candidates: Candidates) => Promise<Iterable<Tasted>>;

// Read when the first channel with a taste comes, and the same for all channels that look at the same candidates.
const laidOut = new WeakMap<Candidates, Promise<Postings>>();

export function tasterOf(db: Db): Taster {
  return async (ranked, taste, candidates) => {
    let postings = laidOut.get(candidates);
    if (!postings) laidOut.set(candidates, (postings = readPostings(db, candidates.paperIds)));
    return inOrder(ranked, leanings(taste, await postings));
  };
}

// Some at a time: that takes some ten milliseconds, and others should get their turn.
async function readPostings(db: Db, paperIds: number[]): Promise<Postings> {
  const postings: Postings = { papers: [], stems: new Map() };
  for (let at = 0; at < paperIds.length; at += PART) {
    layOut(await readStems(db, paperIds.slice(at, at + PART)), postings);
    await new Promise(setImmediate);
  }
  return postings;
}

// The first few are asked for, as a rule: those that are moved are sorted, and fall in among the others as they go by.
function* inOrder(ranked: Ranked[], found: Map<number, Leaning>): Generator<Tasted> {
  const moved: Tasted[] = [];
  for (const one of ranked) {
    const leaning = found.get(one.candidate.paper.id);
    if (leaning) moved.push({ ...one, leaning, score: swayed(one.score, leaning) });
  }
  moved.sort((a, b) => b.score - a.score);
  let next = 0;
  for (const one of ranked) {
    if (found.has(one.candidate.paper.id)) continue;
    while (next < moved.length && moved[next]!.score > one.score) yield moved[next++]!;
    yield one;
  }
  yield* moved.slice(next);
}
