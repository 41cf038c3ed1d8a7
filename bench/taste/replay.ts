// Simulated teams: each follows one group of papers, saves some of them, and is shown others among the day's papers.
import { trendingScore } from '../../src/core/rank.ts';
import { layOut, leanings, makeTaste, swayed, type Opinion } from '../../src/core/taste.ts';
import type { Chance } from '../../test/proof/chance.ts';
import type { Corpus } from './corpus.ts';

/** A day's papers, and how many of the team's group are among them. */
const POOL = 50;
export const WANTED = 4;

const DAY = 86_400_000;
const NOW = new Date('2026-07-27T09:00:00Z');

export interface Team {
  group: number[];
  /** So many of the group it has saved, the last one yesterday, the others a day earlier each. */
  saves: number;
  /** So many papers of any kind it has saved besides. */
  noise: number;
  /** A second group, as common in the day's papers, of which it has said so many times that it isn't for them. */
  unwanted?: { group: number[]; said: number };
}

/** Of one day and one order. */
export interface Shown {
  precision5: number;
  reciprocalRank: number;
  /** Papers of the second group among the first five. */
  unwanted5: number;
}

/** `perfect`: a taste that knows the group, under the same bound. */
export const ORDERS = ['taste', 'trending', 'random', 'perfect'] as const;
export type Order = (typeof ORDERS)[number];

export interface Day extends Record<Order, Shown> {
  /** Papers that were said to be "like n you saved", and how many of them are of its group. */
  reasons: { said: number; right: number };
}

/** One day of a team, in each of the orders; all see the same papers with the same scores. */
export function replayDay(corpus: Corpus, team: Team, chance: Chance): Day {
  const any = () => chance.between(0, corpus.stems.length - 1);
  const members = shuffled(team.group, chance);
  const others = team.unwanted ? shuffled(team.unwanted.group.filter((row) => !team.group.includes(row)), chance) : [];
  const opinions = [
    ...members.slice(0, team.saves).map((row, i) => opinion(row, true, i + 1)),
    ...Array.from({ length: team.noise }, (_, i) => opinion(any(), true, i + 1)),
    ...others.slice(0, team.unwanted?.said ?? 0).map((row, i) => opinion(row, false, i + 1)),
  ];
  const wanted = new Set(members.slice(team.saves, team.saves + WANTED));
  const unwanted = new Set(team.unwanted ? others.slice(team.unwanted.said, team.unwanted.said + WANTED) : []);
  const pool = new Set([...wanted, ...unwanted]);
  while (pool.size < POOL) {
    const row = any();
    if (!team.group.includes(row) && !team.unwanted?.group.includes(row)) pool.add(row);
  }
  const taste = makeTaste(opinions, new Map(opinions.map(({ paperId }) => [paperId, corpus.stems[paperId]!])), corpus.rarity, NOW);
  const found = leanings(taste, layOut([...pool].map((row) => [row, corpus.stems[row]!])));
  const scores = new Map([...pool].map((row) => [row, chanceScore(chance)]));
  const luck = new Map([...pool].map((row) => [row, chance.draw()]));
  const by = (score: (row: number) => number) => judge([...pool].sort((a, b) => score(b) - score(a)), wanted, unwanted);
  const like = [...pool].filter((row) => found.get(row)?.liked && found.get(row)!.affinity > 0);
  const known = (row: number) => ({ affinity: wanted.has(row) ? 1 : unwanted.has(row) ? -1 : 0, liked: 0, disliked: 0, saved: true });
  return {
    reasons: { said: like.length, right: like.filter((row) => wanted.has(row)).length },
    taste: by((row) => swayed(scores.get(row)!, found.get(row))),
    trending: by((row) => scores.get(row)!),
    random: by((row) => luck.get(row)!),
    perfect: by((row) => swayed(scores.get(row)!, known(row))),
  };
}

function opinion(paperId: number, liked: boolean, daysAgo: number): Opinion {
  return { paperId, liked, saved: liked, at: new Date(NOW.getTime() - daysAgo * DAY) };
}

/** The score of a paper with about as many upvotes as Hugging Face's have (log-normal, median 12), up to 6 days old. */
function chanceScore(chance: Chance): number {
  const normal = Math.sqrt(-2 * Math.log(1 - chance.draw())) * Math.cos(2 * Math.PI * chance.draw());
  return trendingScore({ upvotes: Math.round(Math.exp(Math.log(12) + 1.1 * normal)), sources: 1, ageDays: 6 * chance.draw() }, 'day');
}

function judge(order: number[], wanted: Set<number>, unwanted: Set<number>): Shown {
  const first = order.slice(0, 5);
  return {
    precision5: first.filter((row) => wanted.has(row)).length / 5,
    reciprocalRank: 1 / (order.findIndex((row) => wanted.has(row)) + 1),
    unwanted5: first.filter((row) => unwanted.has(row)).length,
  };
}

export function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const left = [...list];
  return list.map(() => left.splice(chance.between(0, left.length - 1), 1)[0]!);
}
