// What many channels have in common, read and worked out once: the candidates in their order, and which topic each is of.
import { trendingScore, type TrendingWindow } from '../core/rank.ts';
import { listCandidates, type Candidate } from '../db/candidates.ts';
import type { Db } from '../db/connect.ts';
import type { Submission } from '../db/submissions.ts';
import { shelve, type IsOf } from './shelves.ts';

export interface Ranked {
  candidate: Candidate;
  /** Its place among all candidates as everybody ranks them, from 0: the same for all who see it. */
  place: number;
  /** With `team`: saves and votes that the reader may know of, a submission among them. */
  signals: Candidate['signals'];
  submitter: string | undefined;
  score: number;
}

export interface Candidates {
  /**
   * Every candidate, the most trending first, as readers who may know of these likes and submissions (by paper id) see it:
   * what was only handed in is there for those of its submission.
   */
  ranked(likes: ReadonlyMap<number, number>, submissions: ReadonlyMap<number, Submission>): Ranked[];
  /** Row ids of all that any reader may see, in no order. */
  paperIds: number[];
  /** Tells of the candidate at a place whether it is of the topic. Throws UserError for a topic that can't be read. */
  ofTopic(query: string): IsOf;
  /** The same of several topics: whether it is of any. */
  ofAny(queries: string[]): IsOf;
  /** How many abstracts were stemmed so far: that takes time, and others should get their turn. */
  stemmed(): number;
}

/** Candidates are the same for all channels of one tick: they are read once for each span and window. */
export type CandidateReader = (since: Date, at: Date, window: TrendingWindow) => Promise<Candidates>;

export function readCandidates(db: Db): CandidateReader {
  const read = new Map<string, Promise<Candidates>>();
  return (since, at, window) => {
    const key = `${since.getTime()} ${at.getTime()} ${window}`;
    let candidates = read.get(key);
    if (!candidates) read.set(key, (candidates = listCandidates(db, since, at).then((all) => rankAll(all, at, window))));
    return candidates;
  };
}

const DAY = 86_400_000;

function rankAll(all: Candidate[], at: Date, window: TrendingWindow): Candidates {
  const everything = all.map((candidate) => rank(candidate, 0, 0, undefined)).sort(byRank);
  for (const [place, ranked] of everything.entries()) ranked.place = place;
  const base = everything.filter(({ candidate }) => candidate.listed);
  const library = shelve(everything.map(({ candidate }) => candidate));

  // Handing a paper in counts as liking it, and as listing it anew.
  function rank(candidate: Candidate, place: number, likes: number, submission: Submission | undefined): Ranked {
    const team = likes + (submission ? 1 : 0);
    const ageDays = Math.min(candidate.signals.ageDays, submission ? Math.max(0, at.getTime() - submission.at.getTime()) / DAY : Infinity);
    const signals = { ...candidate.signals, ageDays, ...(team ? { team } : {}) };
    return { candidate, place, signals, submitter: submission?.name, score: trendingScore(signals, window) };
  }

  return {
    ranked(likes, submissions) {
      if (likes.size === 0 && submissions.size === 0) return base;
      const own: Ranked[] = [];
      for (const { candidate, place } of everything) {
        const liked = likes.get(candidate.paper.id) ?? 0;
        const submission = submissions.get(candidate.paper.id);
        if (submission || (liked && candidate.listed)) own.push(rank(candidate, place, liked, submission));
      }
      return own.length ? merged(base, own.sort(byRank)) : base;
    },
    paperIds: all.map(({ paper }) => paper.id),
    ...library,
  };
}

function byRank(a: Ranked, b: Ranked): number {
  return b.score - a.score || b.candidate.paper.listedAt.getTime() - a.candidate.paper.listedAt.getTime() || b.candidate.paper.id - a.candidate.paper.id;
}

// Both are in order; what is in `own` takes its candidate's place in `base`.
function merged(base: Ranked[], own: Ranked[]): Ranked[] {
  const replaced = new Set(own.map(({ candidate }) => candidate));
  const all: Ranked[] = [];
  let next = 0;
  for (const ranked of base) {
    if (replaced.has(ranked.candidate)) continue;
    while (next < own.length && byRank(own[next]!, ranked) < 0) all.push(own[next++]!);
    all.push(ranked);
  }
  return [...all, ...own.slice(next)];
}
