// Finds papers: words to keys, keys to candidates by the index, candidates to an exact order.
import { setImmediate } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Db } from '../connect.ts';
import { findCandidates, type Candidate } from './candidates.ts';
import { ONE_WORD_TITLE_BONUS, prior, priorWeight } from './prior.ts';
import { LOOKED_AT, readSupport } from './feedback.ts';
import { makeQuery, MOST_CHARACTERS, type Query } from './query.ts';
import { makeScorer, meanRarity } from './score.ts';

export interface SearchQuery {
  text: string;
  /** Hits at most. */
  limit: number;
  /** Hits to skip, for the next page. */
  offset?: number;
  /** Only papers published on this day or later, `YYYY-MM-DD`. */
  since?: string;
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
    // The planner can't know that comparing two arrays in each row costs far more than the index does.
    await tx.execute(sql`set local enable_seqscan = off`);
    const query = await makeQuery(tx, text, wanted.begun ?? false);
    // The embedded database answers without ever letting go of the event loop; others get their turn here.
    await setImmediate();
    const wish = { text, hits: offset + wanted.limit + 1, since: wanted.since, prior: wanted.prior ?? true };
    const candidates = await findCandidates(tx, query, wish);
    await setImmediate();
    const ranked = await rank(tx, candidates, query, wish.prior, now);
    return {
      hits: ranked.hits.slice(offset, offset + wanted.limit),
      relaxed: ranked.hits.length > 0 && !ranked.whole,
      more: ranked.hits.length > offset + wanted.limit,
    };
  });
}

async function rank(db: Db, candidates: Candidate[], query: Query, withPrior: boolean, now: Date): Promise<{ hits: Hit[]; whole: boolean }> {
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
