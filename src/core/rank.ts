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
const SCALES = {
  upvotes: { weight: 3, full: 300 },
  upvotesPerDay: { weight: 3, full: 60 },
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
 * prior (so that one lucky signal doesn't beat five good ones), raised by agreement of sources and by the team's own
 * likes, halved every half-life.
 *
 *     mean  = (w₀·p₀ + Σ wᵢ · min(1, log(1 + xᵢ) / log(1 + fullᵢ))) / (w₀ + Σ wᵢ)
 *     liked = 1 − (1 − mean) · 0.92^(sources − 1) · 0.85^likes       (dislikes: · 0.85^dislikes of the whole)
 *     score = liked · 0.5^(age / half-life)
 */
export function trendingScore(signals: Signals, window: TrendingWindow): number {
  let sum = PRIOR.value * PRIOR.weight;
  let weights = PRIOR.weight;
  for (const name of Object.keys(SCALES) as (keyof typeof SCALES)[]) {
    const value = signals[name];
    if (value === undefined) continue;
    const { weight, full } = SCALES[name];
    sum += weight * Math.min(1, Math.sign(value) * (Math.log1p(Math.abs(value)) / Math.log1p(full)));
    weights += weight;
  }
  const team = signals.team ?? 0;
  const missing = (1 - sum / weights) * (1 - AGREEMENT) ** Math.max(0, signals.sources - 1) * (1 - LIKING) ** Math.max(0, team);
  return Math.max(0, 1 - missing) * (1 - LIKING) ** Math.max(0, -team) * 0.5 ** (Math.max(0, signals.ageDays) / HALF_LIFE[window]);
}

/** Why a paper is where it is, in a few words: `84 upvotes, +31 since yesterday`, `1,204 stars`. */
export function reasons(signals: Signals & { sinceDays?: number }): string[] {
  const words: string[] = [];
  const gained = Math.round((signals.upvotesPerDay ?? 0) * (signals.sinceDays ?? 1));
  if (signals.upvotes) words.push(`${counted(signals.upvotes, 'upvote')}${gained > 0 ? `, +${gained} ${since(signals.sinceDays)}` : ''}`);
  const starred = Math.round((signals.starsPerDay ?? 0) * (signals.sinceDays ?? 1));
  if (signals.stars) words.push(`${counted(signals.stars, 'GitHub star')}${starred > 0 ? `, +${starred.toLocaleString('en-US')}` : ''}`);
  if (signals.team && signals.team > 0) words.push(`liked by ${signals.team} of your team`);
  if (signals.ageDays >= 2) words.push(`${Math.floor(signals.ageDays)} days old`);
  if (!words.length && signals.sources > 1) words.push(`in ${signals.sources} sources`);
  return words;
}

function counted(n: number, one: string): string {
  return `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`;
}

function since(days = 1): string {
  return days < 1.6 ? 'since yesterday' : `in ${Math.round(days)} days`;
}
