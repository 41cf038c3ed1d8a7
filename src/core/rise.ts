// Whether a paper has risen since a channel was shown it: its votes or stars have jumped.
import { text, type Block } from './doc.ts';
import type { Paper } from './paper.ts';
import { paperLinks } from './paper-id.ts';
import { dayInWords } from './schedule.ts';
import { count, plain } from './text.ts';

/** What was counted of a paper at one time; null where it isn't known. */
export type Counts = Pick<Paper, 'upvotes' | 'stars'>;

/** A paper that rose, as a roundup tells it. */
export interface Rise {
  paper: Paper;
  /** The local date on which the channel was last shown it, `YYYY-MM-DD`. */
  since: string;
  /** `31 → 212 upvotes`, one for each count that jumped. */
  words: string[];
  /** The post in which it was. */
  url?: string;
}

/** A roundup looks back at what its channel was shown in so many days: the votes of most papers stand still after a week. */
export const RISING_DAYS = 14;

/** So many stand in one roundup, those that gained most. */
export const MOST_RISING = 3;

/** Half of what the trending score takes for the fullest gain of a day: see core/rank.ts. */
export const LEAST_GAIN = { upvotes: 30, stars: 150 } as const;
const LEAST_TIMES = 2;

const WORDS = { upvotes: 'upvote', stars: 'GitHub star' } as const;

/**
 * How far the counts of a paper have jumped, each by itself, from what the channel was shown last to now:
 *
 *     jumped  when now − then ≥ 30 upvotes (150 stars) and now ≥ 2 · then
 *     size    Σ (now − then) / 30 (150), over the counts that jumped
 *
 * Votes that weren't known then count as none: a paper that no source with votes has taken up has none. Stars must be
 * known both times, since a repository may have been there for years. Undefined: it has not risen.
 */
export function jump(then: Counts, now: Counts): { size: number; words: string[] } | undefined {
  const words: string[] = [];
  let size = 0;
  for (const of of ['upvotes', 'stars'] as const) {
    const [was, is] = [then[of] ?? (of === 'upvotes' ? 0 : null), now[of]];
    if (was === null || is === null || is - was < LEAST_GAIN[of] || is < LEAST_TIMES * was) continue;
    size += (is - was) / LEAST_GAIN[of];
    words.push(then[of] === null ? `${count(is, WORDS[of])}, none known then` : `${was.toLocaleString('en-US')} → ${count(is, WORDS[of])}`);
  }
  return words.length ? { size, words } : undefined;
}

/** A line each: `Rising since Tuesday: Title · 31 → 212 upvotes · Tuesday’s post`. */
export function risingBlocks(rising: Rise[] = [], today: string): Block[] {
  return rising.map(({ paper, since, words, url }) => {
    const day = dayInWords(since, today);
    const post = /^\d/.test(day) ? `the post of ${day}` : `${day}’s post`;
    const title = { text: plain(paper.title), url: paperLinks(paper).page };
    return text({ text: `Rising since ${day}: `, bold: true }, title, ` · ${words.join(' · ')}`, ...(url ? [' · ', { text: post, url }] : []));
  });
}
