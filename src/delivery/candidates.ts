// What many channels have in common, read and worked out once: the candidates in their order, and which topic each is of.
import { trendingScore, type TrendingWindow } from '../core/rank.ts';
import { submitterName } from '../core/submission.ts';
import { listCandidates, type Candidate } from '../db/candidates.ts';
import type { Db } from '../db/connect.ts';
import { shelve, type IsOf } from './shelves.ts';

export interface Ranked {
  candidate: Candidate;
  /** Its place among all candidates as everybody ranks them, from 0: the same for all who see it. */
  place: number;
  /** Saves and votes of the workspace, its own submission among them. */
  team: number;
  submitter: string | undefined;
  score: number;
}

export interface Candidates {
  /** Every candidate, the most trending first, as a workspace with these likes (by paper id) sees it. */
  ranked(workspace: string | undefined, likes: Map<number, number>): Ranked[];
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
    if (!candidates) read.set(key, (candidates = listCandidates(db, since, at).then((all) => rankAll(all, window))));
    return candidates;
  };
}

function rankAll(all: Candidate[], window: TrendingWindow): Candidates {
  const base = all.map((candidate) => rank(candidate, 0, 0, undefined)).sort(byRank);
  for (const [place, ranked] of base.entries()) ranked.place = place;
  const submitted = base.filter(({ candidate }) => candidate.paper.submittedBy);
  const library = shelve(base.map(({ candidate }) => candidate));

  function rank(candidate: Candidate, place: number, likes: number, submitter: string | undefined): Ranked {
    const team = likes + (submitter ? 1 : 0);
    return { candidate, place, team, submitter, score: trendingScore(team ? { ...candidate.signals, team } : candidate.signals, window) };
  }

  return {
    ranked(workspace, likes) {
      if (workspace === undefined || (likes.size === 0 && submitted.length === 0)) return base;
      const own: Ranked[] = [];
      for (const { candidate, place } of likes.size ? base : submitted) {
        const liked = likes.get(candidate.paper.id) ?? 0;
        const submitter = submitterName(candidate.paper.submittedBy, workspace);
        if (liked || submitter) own.push(rank(candidate, place, liked, submitter));
      }
      return own.length ? merged(base, own.sort(byRank)) : base;
    },
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
