// Which papers a roundup names again, since they rose after its channel was shown them.
import { jump, MOST_RISING, type Rise } from '../core/rise.ts';
import type { Db } from '../db/connect.ts';
import { getPapers } from '../db/papers.ts';
import { listGainers } from '../db/rises.ts';
import { shelve } from './shelves.ts';

/** What a roundup wants of the papers that rose. */
export interface RiseQuery {
  channelId: number;
  on: string;
  /** What its topics ask for; none: everything. */
  topics: string[];
  /** Papers that are new in it. */
  without: Set<number>;
}

/** The papers that rose, those that gained most first. */
export type Risers = (query: RiseQuery) => Rise[];

/** Reads what rose for these channels, in two queries however many they are. */
export async function readRises(db: Db, channelIds: number[], now: Date): Promise<Risers> {
  const gainers = await listGainers(db, channelIds, now);
  const papers = await getPapers(db, [...new Set([...gainers.values()].flat().map(({ paperId }) => paperId))]);
  const placeOf = new Map(papers.map(({ id }, place) => [id, place]));
  const shelves = shelve(papers.map((paper) => ({ paper })));
  return ({ channelId, on, topics, without }) => {
    const shown = gainers.get(channelId) ?? [];
    // Parsing a topic takes its time, and on most days nothing has risen.
    const isWanted = shown.length && topics.length ? shelves.ofAny(topics) : () => true;
    const risen = shown.flatMap(({ paperId, on: since, counts, url }) => {
      const place = placeOf.get(paperId);
      if (place === undefined || without.has(paperId) || since >= on || !isWanted(place)) return [];
      const paper = papers[place]!;
      const jumped = jump(counts, paper);
      return jumped ? [{ ...jumped, rise: { paper, since, words: jumped.words, ...(url ? { url } : {}) } }] : [];
    });
    return risen.sort((a, b) => b.size - a.size || b.rise.paper.id - a.rise.paper.id).slice(0, MOST_RISING).map(({ rise }) => rise);
  };
}
