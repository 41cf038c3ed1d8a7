// The trending score: one documented, pure formula.

/** What is known of a paper. Undefined means not known, which is not the same as zero. */
export interface Signals {
  upvotes?: number;
  /** Upvotes gained a day since an earlier snapshot. */
  upvotesPerDay?: number;
  stars?: number;
  /** GitHub stars gained a day since an earlier snapshot. */
  starsPerDay?: number;
  /** How many sources have it, 1 and up. */
  sources: number;
  /** People of this workspace who saved it or voted for it, less those who voted against it. */
  team?: number;
  /** Days since a source last newly listed it. */
  ageDays: number;
}

export type TrendingWindow = 'day' | 'week' | 'month';

/** Days after which a paper counts half, for each window. */
const HALF_LIFE: Record<TrendingWindow, number> = { day: 6, week: 10, month: 25 };

/** Each signal: its weight, and the value at which it counts fully (the 99th percentile of Hugging Face's lists in 2026). */
const VOTES = {
  upvotes: { weight: 3, full: 300 },
  upvotesPerDay: { weight: 3, full: 60 },
} as const;

/**
 * Code speaks for a paper, never against it: a new repository has few stars however good the paper is, and a paper that
 * comes with one must not stand behind its equal that doesn't.
 */
const CODE = {
  stars: { weight: 1, full: 10_000 },
  starsPerDay: { weight: 1.5, full: 300 },
} as const;

/** What a paper of which nothing is known counts as, and how firmly. */
const PRIOR = { value: 0.12, weight: 1 };

/** Each further source that has the paper adds this share of what is missing to 1. */
const AGREEMENT = 0.08;

/** So does each person of the team who likes it; each who doesn't takes this share of what there is. */
const LIKING = 0.15;

/**
 * A score from 0 to 1: the weighted mean of the known signals, each on a logarithmic scale, drawn towards a small
 * prior (so that one lucky signal doesn't beat five good ones), where code counts as no less than the votes; raised by
 * agreement of sources and by the team's own likes, halved every half-life.
 *
 *     vᵢ    = min(1, log(1 + xᵢ) / log(1 + fullᵢ))
 *     voted = (w₀·p₀ + Σ wᵢ·vᵢ) / (w₀ + Σ wᵢ)                          (over what is known of the votes)
 *     mean  = (voted · (w₀ + Σ wᵢ) + Σ wⱼ · max(vⱼ, voted)) / (w₀ + Σ wᵢ + Σ wⱼ)    (j: over what is known of the code)
 *     liked = 1 − (1 − mean) · 0.92^(sources − 1) · 0.85^likes         (dislikes: · 0.85^dislikes of the whole)
 *     score = liked · 0.5^(age / half-life)
 */
export function trendingScore(signals: Signals, window: TrendingWindow): number {
  const voted = weigh(signals, VOTES, { sum: PRIOR.value * PRIOR.weight, weight: PRIOR.weight }, -Infinity);
  const { sum, weight } = weigh(signals, CODE, voted, voted.sum / voted.weight);
  const team = signals.team ?? 0;
  const missing = (1 - sum / weight) * (1 - AGREEMENT) ** Math.max(0, signals.sources - 1) * (1 - LIKING) ** Math.max(0, team);
  return Math.max(0, 1 - missing) * (1 - LIKING) ** Math.max(0, -team) * 0.5 ** (Math.max(0, signals.ageDays) / HALF_LIFE[window]);
}

interface Weighed {
  sum: number;
  weight: number;
}

/** Adds the signals that are known, each as `least` at the least. */
function weigh(signals: Signals, scales: Partial<Record<keyof Signals, { weight: number; full: number }>>, start: Weighed, least: number): Weighed {
  let { sum, weight } = start;
  for (const [name, scale] of Object.entries(scales)) {
    const value = signals[name as keyof Signals];
    if (value === undefined) continue;
    sum += scale.weight * Math.max(least, Math.min(1, Math.sign(value) * (Math.log1p(Math.abs(value)) / Math.log1p(scale.full))));
    weight += scale.weight;
  }
  return { sum, weight };
}

/** Why a paper is where it is, in a few words: `84 upvotes, +31 since yesterday`, `1,204 stars`. Counts as `mark` gives them back. */
export function reasons(signals: Signals & { sinceDays?: number }, mark = (_of: 'upvotes' | 'stars', words: string) => words): string[] {
  const words: string[] = [];
  const gained = gainInWords(signals);
  if (signals.upvotes) words.push(mark('upvotes', `${counted(signals.upvotes, 'upvote')}${gained && `, ${gained}`}`));
  const stars = starsInWords(signals);
  if (stars) words.push(mark('stars', stars));
  if (signals.team && signals.team > 0) words.push(`liked by ${signals.team} of your team`);
  if (signals.ageDays >= 2) words.push(`${Math.floor(signals.ageDays)} days old`);
  if (!words.length && signals.sources > 1) words.push(`in ${signals.sources} sources`);
  return words;
}

/** `+31 since yesterday`; empty where no upvotes were gained, or it isn't known. */
export function gainInWords({ upvotesPerDay = 0, sinceDays }: Signals & { sinceDays?: number }): string {
  const gained = Math.round(upvotesPerDay * (sinceDays ?? 1));
  return gained > 0 ? `+${gained} ${since(sinceDays)}` : '';
}

/** `1,204 GitHub stars, +12`; empty where there are none. */
export function starsInWords({ stars, starsPerDay = 0, sinceDays }: Signals & { sinceDays?: number }): string {
  const starred = Math.round(starsPerDay * (sinceDays ?? 1));
  return stars ? `${counted(stars, 'GitHub star')}${starred > 0 ? `, +${starred.toLocaleString('en-US')}` : ''}` : '';
}

function counted(n: number, one: string): string {
  return `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`;
}

function since(days = 1): string {
  return days < 1.6 ? 'since yesterday' : `in ${Math.round(days)} days`;
}
