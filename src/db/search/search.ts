// Finds papers: words to keys, keys to candidates by the index, candidates to an exact order.
import { setImmediate } from 'node:timers/promises';
import type { SQL } from 'drizzle-orm';
import type { Db } from '../connect.ts';
import { findCandidates, type Candidate } from './candidates.ts';
import { ONE_WORD_TITLE_BONUS, prior, priorWeight } from './prior.ts';
import { LOOKED_AT, readSupport } from './feedback.ts';
import { beginQuery, MOST_CHARACTERS, type Query } from './query.ts';
import { makeScorer, meanRarity } from './score.ts';

export interface SearchQuery {
  text: string;
  /** Hits at most. */
  limit: number;
  /** Hits to skip, for the next page. */
  offset?: number;
  /** Only papers published on this day or later, `YYYY-MM-DD`. */
  since?: string;
  /** Only papers that meet this condition on a row of `search_docs`, such as `ofTopic` makes. Ask for as many hits on each page. */
  only?: SQL | undefined;
  /** False: text alone, without age and votes. */
  prior?: boolean;
  /** True: the last word may be only begun, as in an autocomplete. */
  begun?: boolean;
}

export interface Hit {
  paperId: number;
  /** Comparable within one answer only. */
  score: number;
}

export interface SearchAnswer {
  hits: Hit[];
  /** No paper has all the words as they were typed: these have some of them, or words spelt much like them. */
  relaxed: boolean;
  /** More hits follow these. */
  more: boolean;
}

/** Papers for a query, best first. A paper whose title is the query comes before all others. */
export async function searchPapers(db: Db, wanted: SearchQuery, now: Date): Promise<SearchAnswer> {
  const text = wanted.text.slice(0, MOST_CHARACTERS).replaceAll('\0', ' ').toWellFormed();
  const offset = wanted.offset ?? 0;
  return db.transaction(async (tx) => {
    const query = await beginQuery(tx, text, wanted.begun ?? false);
    // The embedded database answers without ever letting go of the event loop; others get their turn here.
    await setImmediate();
    const ranked = async (most: number) => {
      const wish = { text, hits: most, since: wanted.since, only: wanted.only, prior: wanted.prior ?? true };
      const candidates = await findCandidates(tx, query, wish);
      await setImmediate();
      return rank(tx, candidates, query, wish.prior, now);
    };
    const most = offset + wanted.limit + 1;
    const { hits, whole } = await (wanted.only ? ranked(most) : pages(ranked, most));
    return {
      hits: hits.slice(offset, offset + wanted.limit),
      relaxed: hits.length > 0 && !whole,
      more: hits.length > offset + wanted.limit,
    };
  });
}

interface Ranked {
  hits: Hit[];
  whole: boolean;
}

// Further back more candidates are read, which are in another order. The first hits stay as every page before had them, or
// one paper would be on two pages and another on none.
async function pages(ranked: (most: number) => Promise<Ranked>, most: number): Promise<Ranked> {
  const first = await ranked(Math.min(most, FIRST));
  if (most <= FIRST) return first;
  const front = first.hits.slice(0, FIRST);
  const known = new Set(front.map(({ paperId }) => paperId));
  const all = await ranked(FARTHEST);
  return { hits: [...front, ...all.hits.filter(({ paperId }) => !known.has(paperId))], whole: first.whole };
}

/** So many hits need no more candidates than one. */
const FIRST = 50;
const FARTHEST = 500;

async function rank(db: Db, candidates: Candidate[], query: Query, withPrior: boolean, now: Date): Promise<Ranked> {
  const scoreOf = makeScorer(query);
  const words = query.slots.length;
  const mean = meanRarity(query);
  const matches = candidates.map((paper) => ({ paper, ...scoreOf(paper) })).sort((a, b) => b.score - a.score);
  if (words > NAME) {
    const supports = await readSupport(db, matches.slice(0, LOOKED_AT));
    for (const [i, support] of supports.entries()) matches[i]!.score += support;
  }
  let whole = false;
  const hits = matches.map(({ paper, ...match }) => {
    const bonus = paper.titled ? 2 * TITLED : match.isTitle && !query.guessed ? TITLED : 0;
    whole ||= bonus > 0 || (match.whole && !query.guessed);
    let score = match.score + bonus;
    if (withPrior) {
      score += priorWeight(words, mean) * prior(paper.upvotes, paper.publishedOn, now);
      if (words === 1 && match.inTitle) score += ONE_WORD_TITLE_BONUS * mean;
    }
    return { paperId: paper.paperId, score };
  });
  hits.sort((a, b) => b.score - a.score || b.paperId - a.paperId);
  return { hits, whole };
}

/** One word or two are mostly the name of something: what its papers speak of besides says nothing of what is meant. */
const NAME = 2;

/** More than any sum of words can reach; twice that for a title that is the query to the letter, stopwords and all. */
const TITLED = 1_000;
