// Chooses and ranks the papers of a roundup: new to the channel, of its topics, the most trending first.
import type { ChannelRef } from '../core/chat.ts';
import type { Doc } from '../core/doc.ts';
import { reasons, trendingScore, type TrendingWindow } from '../core/rank.ts';
import { CANDIDATE_DAYS, roundupDoc, type RoundupItem } from '../core/roundup.ts';
import { dateInWords, localDate } from '../core/schedule.ts';
import { submitterName } from '../core/submission.ts';
import { matchable, matches, parseTopic, type Matchable, type Topic } from '../core/topic.ts';
import { listCandidates, listLikes, listShown, type Candidate } from '../db/candidates.ts';
import type { Db } from '../db/connect.ts';
import { newestListing } from '../db/papers.ts';
import { workspaceOf } from '../db/saves.ts';

/** Longer than a weekend with a holiday: nothing newer than this means that no source is being read. */
const STALE_DAYS = 5;

const DAY = 86_400_000;

export interface RoundupQuery {
  on: string;
  extra?: boolean;
  /** What each topic is called, and what it asks for. None: everything. */
  topics: { label: string; query: string }[];
  size: number;
  /** Whose saves and votes count. */
  workspace: Pick<ChannelRef, 'platform' | 'workspace'> | undefined;
  /** Papers that this channel was shown are left out. */
  channelId: number | undefined;
  /** The instant to look from: now, or the end of an earlier day. */
  at: Date;
  days?: number;
  window?: TrendingWindow;
  notes: string[];
  abstracts: 'thread' | 'inline';
}

export interface MadeRoundup {
  doc: Doc;
  items: RoundupItem[];
}

/** Candidates are the same for all channels of one tick: they are read once. */
export type CandidateReader = (since: Date, at: Date) => Promise<Ready[]>;

export interface Ready extends Candidate {
  /** Made when a topic first asks for it. */
  matchable?: Matchable;
}

export function readCandidates(db: Db): CandidateReader {
  const read = new Map<string, Promise<Ready[]>>();
  return (since, at) => {
    const key = `${since.getTime()} ${at.getTime()}`;
    let candidates = read.get(key);
    if (!candidates) read.set(key, (candidates = listCandidates(db, since, at)));
    return candidates;
  };
}

/** The roundup, and the papers in it with the reason for each. No papers: `items` is empty. */
export async function makeRoundup(db: Db, query: RoundupQuery, read = readCandidates(db)): Promise<MadeRoundup> {
  const since = new Date(query.at.getTime() - (query.days ?? CANDIDATE_DAYS) * DAY);
  const topics = query.topics.map((topic) => ({ label: topic.label, topic: parseTopic(topic.query) }));
  const [candidates, likes, shown] = await Promise.all([
    read(since, query.at),
    query.workspace ? listLikes(db, workspaceOf(query.workspace), since) : new Map<number, number>(),
    query.channelId === undefined ? new Set<number>() : listShown(db, query.channelId, since),
  ]);
  const ranked: (RoundupItem & { score: number })[] = [];
  for (const [i, candidate] of candidates.entries()) {
    // Stemming thousands of abstracts takes a second: others get their turn meanwhile.
    if (topics.length && i % 200 === 199) await new Promise(setImmediate);
    if (shown.has(candidate.paper.id)) continue;
    const matched = matchedTopics(candidate, topics);
    if (topics.length && matched.length === 0) continue;
    const submitter = query.workspace && submitterName(candidate.paper.submittedBy, workspaceOf(query.workspace));
    const team = (likes.get(candidate.paper.id) ?? 0) + (submitter ? 1 : 0);
    const signals = { ...candidate.signals, ...(team ? { team } : {}) };
    ranked.push({
      paper: candidate.paper,
      score: trendingScore(signals, query.window ?? 'day'),
      why: [...reasons(signals), ...(submitter ? [`submitted by ${submitter}`] : []), ...matched.map((label) => `matches ${label}`)],
    });
  }
  ranked.sort((a, b) => b.score - a.score || b.paper.listedAt.getTime() - a.paper.listedAt.getTime() || b.paper.id - a.paper.id);
  const items = ranked.slice(0, query.size);
  const doc = roundupDoc({
    on: query.on,
    extra: query.extra ?? false,
    items,
    topics: topics.map((topic) => topic.label),
    notes: query.notes,
    abstracts: query.abstracts,
  });
  return { doc, items };
}

/**
 * From when to look. Now, as a rule; but where nothing has come in for days (no network yet, a fresh install), from
 * the end of the newest day there is, and the notes say so.
 */
export async function roundupMoment(db: Db, now: Date, zone: string): Promise<{ at: Date; on: string; notes: string[] }> {
  const newest = await newestListing(db);
  const end = newest ? Date.parse(`${newest}T23:59:59.999Z`) : now.getTime();
  if (!newest || now.getTime() - end < STALE_DAYS * DAY) return { at: now, on: localDate(now, zone), notes: [] };
  return { at: new Date(end), on: newest, notes: [`The newest papers here are of ${dateInWords(newest)}: no source has been read since.`] };
}

function matchedTopics(candidate: Ready, topics: { label: string; topic: Topic }[]): string[] {
  if (topics.length === 0) return [];
  candidate.matchable ??= matchable(candidate.paper);
  return topics.filter(({ topic }) => matches(topic, candidate.matchable!)).map(({ label }) => label);
}
