// Chooses the papers of a roundup: new to the channel, of its topics, the most trending first.
import type { ChannelRef } from '../core/chat.ts';
import type { Doc } from '../core/doc.ts';
import { markOf } from '../core/live.ts';
import { reasons, type TrendingWindow } from '../core/rank.ts';
import type { Rise } from '../core/rise.ts';
import { leaningInWords, type Exemplar } from '../core/taste.ts';
import { CANDIDATE_DAYS, roundupDoc, type RoundupItem, type RoundupWords } from '../core/roundup.ts';
import { dateInWords, localDate } from '../core/schedule.ts';
import { listLikes, listShown } from '../db/candidates.ts';
import type { Db } from '../db/connect.ts';
import { newestListing } from '../db/papers.ts';
import { placeKey, workspaceOf } from '../db/saves.ts';
import { listSubmissions, type Submission } from '../db/submissions.ts';
import { listTastes } from '../db/taste.ts';
import { readCandidates, type CandidateReader } from './candidates.ts';
import { readRises, type Risers } from './rises.ts';
import { tasterOf, type Tasted, type Taster } from './taste.ts';

/** Longer than a weekend with a holiday: nothing newer than this means that no source is being read. */
const STALE_DAYS = 5;

const DAY = 86_400_000;
/** So many abstracts are stemmed in about 50 ms. */
const STEMS_A_TURN = 200;

export interface RoundupQuery {
  on: string;
  extra?: boolean;
  /** What each topic is called, and what it asks for. None: everything. */
  topics: { label: string; query: string }[];
  size: number;
  /** Where it is read: what may be known there of saves, votes and submissions counts. */
  place: ChannelRef | undefined;
  /** Papers that this channel was shown are left out, and its taste counts. */
  channelId: number | undefined;
  /** The instant to look from: now, or the end of an earlier day. */
  at: Date;
  days?: number;
  window?: TrendingWindow;
  notes: string[];
  /** How it is laid out, and where. */
  look: Pick<RoundupWords, 'layout' | 'threads' | 'forum'>;
  /** Counts are marked in its words, since they are brought up to date once it was posted: see core/live.ts. */
  live?: boolean;
}

export interface MadeRoundup {
  doc: Doc;
  items: RoundupItem[];
  /** Papers that the channel was shown before, named again beside these. */
  rising: Rise[];
}

/** What a roundup is made from, besides the query. */
export interface Material {
  read: CandidateReader;
  /** Saves and votes by paper id, and what was handed in: of each workspace, and by `placeKey` of each private channel. */
  likes: Map<string, Map<number, number>>;
  submissions: Map<string, Submission[]>;
  /** Ids of the papers that each channel was shown. */
  shown: Map<number, Set<number>>;
  risers: Risers;
  /** Of the channels that have one. */
  tastes: Map<number, Exemplar[]>;
  taster: Taster;
}

/** The roundup, and the papers in it with the reason for each. No new papers: `items` is empty, whatever rises. */
export async function makeRoundup(db: Db, query: RoundupQuery): Promise<MadeRoundup> {
  return chooseRoundup(query, await gather(db, [query]));
}

/** What these roundups are made from, in a few queries however many they are. All look from the same instant. */
export async function gather(db: Db, queries: RoundupQuery[], read = readCandidates(db)): Promise<Material> {
  const since = new Date(Math.min(...queries.map(sinceOf)));
  const workspaces = [...new Set(queries.flatMap(({ place }) => (place ? [workspaceOf(place)] : [])))];
  const channels = queries.flatMap(({ channelId }) => (channelId === undefined ? [] : [channelId]));
  const now = new Date(Math.max(...queries.map(({ at }) => at.getTime())));
  const [likes, submissions, shown, risers, tastes] = await Promise.all([
    listLikes(db, workspaces, since),
    listSubmissions(db, workspaces, since, now),
    listShown(db, channels, since),
    readRises(db, channels, now),
    listTastes(db, channels, now),
  ]);
  return { read, likes, submissions, shown, risers, tastes, taster: tasterOf(db) };
}

/** The same, from what was gathered for it. */
export async function chooseRoundup(query: RoundupQuery, material: Material): Promise<MadeRoundup> {
  const candidates = await material.read(new Date(sinceOf(query)), query.at, query.window ?? 'day');
  const shown = (query.channelId !== undefined && material.shown.get(query.channelId)) || new Set<number>();
  const topics = query.topics.map((topic) => ({ label: topic.label, isOf: candidates.ofTopic(topic.query) }));
  const asked = query.topics.map((topic) => topic.query);
  const isWanted = topics.length ? candidates.ofAny(asked) : () => true;
  const items: RoundupItem[] = [];
  let stemmed = candidates.stemmed();
  const taste = query.channelId === undefined ? undefined : material.tastes.get(query.channelId);
  // Nobody needs to be told what they said themselves.
  const alone = query.place?.person !== undefined && !material.likes.has(workspaceOf(query.place));
  const ranked = candidates.ranked(...knownAt(query.place, material));
  const ordered: Iterable<Tasted> = taste ? await material.taster(ranked, taste, candidates) : ranked;
  for (const { candidate, place, signals, submitter, leaning } of ordered) {
    if (items.length === query.size) break;
    if (shown.has(candidate.paper.id)) continue;
    if (candidates.stemmed() - stemmed >= STEMS_A_TURN) {
      await new Promise(setImmediate);
      stemmed = candidates.stemmed();
    }
    if (!isWanted(place)) continue;
    const matched = topics.filter(({ isOf }) => isOf(place));
    const mark = query.live ? markOf(candidate.paper) : undefined;
    const why = [
      ...reasons(alone ? { ...signals, team: 0 } : signals, mark),
      ...(submitter ? [`submitted by ${submitter}`] : []),
      ...leaningInWords(leaning),
      ...matched.map(({ label }) => `matches ${label}`),
    ];
    // Votes that nobody knows of yet have a place, too.
    if (mark && !candidate.paper.upvotes && why[0] !== undefined) why[0] = mark('upvotes', '') + why[0];
    items.push({ paper: candidate.paper, why, topics: matched.map(({ label }) => label) });
  }
  const { on, extra = false, notes, look, channelId } = query;
  const without = new Set(items.map(({ paper }) => paper.id));
  const rising = channelId === undefined ? [] : material.risers({ channelId, on, topics: asked, without });
  const own = query.place?.person !== undefined;
  return { doc: roundupDoc({ on, extra, items, topics: topics.map(({ label }) => label), rising, notes, own, ...look }), items, rising };
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

/** What readers in a place may know: of their workspace, and where it is a private one what was said there. */
function knownAt(place: RoundupQuery['place'], { likes, submissions }: Material): [likes: Map<number, number>, submissions: Map<number, Submission>] {
  if (!place) return [new Map(), new Map()];
  const workspace = workspaceOf(place);
  const here = placeKey({ workspace, channel: place.id });
  const liked = new Map(likes.get(workspace));
  for (const [id, n] of likes.get(here) ?? []) liked.set(id, (liked.get(id) ?? 0) + n);
  const handedIn = [...(submissions.get(workspace) ?? []), ...(submissions.get(here) ?? [])].sort((a, b) => b.at.getTime() - a.at.getTime());
  // The first who did is named.
  return [liked, new Map(handedIn.map((one) => [one.paperId, one]))];
}

function sinceOf({ at, days = CANDIDATE_DAYS }: RoundupQuery): number {
  return at.getTime() - days * DAY;
}
