// Once a minute: channels whose slot has come get their roundup, in the ledger and in the outbox.
import type { Platform } from '../core/platform.ts';
import { wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { quietDoc } from '../core/roundup.ts';
import { isAnyDue, moveOn, moveReadingOn, refOf, takeDue, type Channel } from '../db/channels.ts';
import type { Db } from '../db/connect.ts';
import { listWaiting, writeRoundups, writeWaiting, type NewRoundup, type Roundup } from '../db/roundups.ts';
import { topicLabel, topicsOfAll, type FollowedTopic } from '../db/topics.ts';
import { readCandidates, type CandidateReader } from './candidates.ts';
import { chooseRoundup, gather, type Material, type RoundupQuery } from './make.ts';
import { lookOf, queued, skipped } from './messages.ts';
import { planReadings } from './reading.ts';
import { lateNote, slotName, slotsOf, type RoundupSlot } from './slots.ts';

export interface DeliveryDeps {
  db: Db;
  log: Log;
  platforms: Platform[];
  graceHours: number;
  /** Channels that are due at the same minute are spread over this many milliseconds. */
  spreadMs: number;
  /** Whether the counts in posts are brought up to date, where a platform can do that. */
  edits: boolean;
  /** What a reader should know of the sources, such as one that can't be read. */
  sourceNotes(): Promise<string[]>;
  /** Why arXiv lists nothing on this date; undefined where it does. */
  noListWhy(on: string): string | undefined;
  /** For what a roundup that is due at `now` should wait, in words: `waiting for arXiv`; undefined: for nothing. */
  unsettled(now: Date): Promise<string | undefined>;
}

/** A batch is read in a few queries and written in one transaction. */
const BATCH = 100;
/** Longer than a batch takes; a process that is killed in it holds its channels up for this long. */
const HOLD_MS = 60_000;
/** A roundup waits no longer than this for its sources. */
export const WAIT_MS = 30 * 60_000;

/**
 * Deals with every due channel; returns how many roundups were queued. Several processes share the work, one
 * channel's failure doesn't stop the others, and `onBatch` is told after each batch that there is something to send.
 */
export async function enqueueDue(deps: DeliveryDeps, now: Date, onBatch: () => void = () => {}): Promise<number> {
  const platforms = deps.platforms.map(({ name }) => name);
  if (!(await isAnyDue(deps.db, platforms, now))) return 0;
  const waitingFor = await deps.unsettled(now);
  const dueBy = waitingFor === undefined ? now : new Date(now.getTime() - WAIT_MS);
  if (waitingFor !== undefined) {
    const waiting = await writeWaiting(deps.db, platforms, { since: dueBy, now }, waitingFor);
    for (const slot of waiting) deps.log.info({ slot, why: waitingFor }, 'roundup waits for its sources');
  }
  const shared = shareReads(deps);
  let written = 0;
  for (;;) {
    const due = await takeDue(deps.db, platforms, dueBy, now, HOLD_MS, BATCH);
    const queuedNow = await serve(deps, due, now, shared);
    written += queuedNow;
    if (queuedNow) onBatch();
    if (due.length < BATCH) return written;
  }
}

/** Makes and writes one roundup that somebody asked for. Undefined when there is nothing to post, or the slot has one already. */
export async function enqueueFor(deps: DeliveryDeps, channel: Channel, slot: RoundupSlot, now: Date): Promise<Roundup | undefined> {
  const shared = shareReads(deps);
  const job: Job = { channel, slot, notes: [], topics: (await topicsOfAll(deps.db, [channel.id])).get(channel.id) ?? [] };
  const query = queryOf(deps, job, await shared.sourceNotes(), now);
  const made = await chooseRoundup(query, await gather(deps.db, [query], shared.read));
  if (made.items.length === 0) return undefined;
  const [roundup] = await writeRoundups(deps.db, [queued(channel, platformOf(deps, channel), slot, made, now)], now);
  if (roundup) deps.log.info({ slot: slotName(channel, slot), roundup: roundup.id, papers: made.items.length }, 'roundup queued');
  return roundup;
}

/** What all channels of one tick have in common is read once. */
interface SharedReads {
  read: CandidateReader;
  sourceNotes(): Promise<string[]>;
}

function shareReads(deps: DeliveryDeps): SharedReads {
  let notes: Promise<string[]> | undefined;
  return { read: readCandidates(deps.db), sourceNotes: () => (notes ??= deps.sourceNotes()) };
}

/** A slot that is to be posted now. */
interface Job {
  channel: Channel;
  slot: RoundupSlot;
  /** What its reader should know of it. */
  notes: string[];
  topics: FollowedTopic[];
}

async function serve(deps: DeliveryDeps, due: Channel[], now: Date, shared: SharedReads): Promise<number> {
  if (due.length === 0) return 0;
  const ids = due.map(({ id }) => id);
  const [topics, waited] = await Promise.all([topicsOfAll(deps.db, ids), listWaiting(deps.db, ids)]);
  const plans: NewRoundup[] = [];
  const jobs: Job[] = [];
  for (const channel of due) {
    const { post, missed } = slotsOf(channel, now, deps.graceHours);
    for (const { slot, why } of missed) plans.push(skipped(channel, slot, why, now));
    if (post) jobs.push({ channel, slot: post, notes: lateNote(post, waited.get(channel.id), now), topics: topics.get(channel.id) ?? [] });
  }
  const sourceNotes = await shared.sourceNotes();
  const queries = jobs.map((job) => queryOf(deps, job, sourceNotes, now));
  const material = jobs.length ? await gather(deps.db, queries, shared.read) : undefined;
  for (const [i, job] of jobs.entries()) {
    plans.push(await plan(deps, job, queries[i]!, material!, now));
    // Each takes some milliseconds; somebody may be waiting for an answer.
    await new Promise(setImmediate);
  }
  const { db, log } = deps;
  const postings = jobs.map(({ channel, slot }) => ({ channel, slot, tryAt: tryAtOf(deps, channel, now) }));
  plans.push(...(await planReadings({ db, log, platformOf: (channel) => platformOf(deps, channel) }, postings, now)));
  return write(deps, due, plans, now);
}

function queryOf(deps: DeliveryDeps, { channel, slot, notes, topics }: Job, sourceNotes: string[], now: Date): RoundupQuery {
  const platform = platformOf(deps, channel);
  return {
    on: slot.on,
    extra: slot.kind === 'extra',
    topics: topics.map((topic) => ({ label: topicLabel(topic), query: topic.query })),
    size: channel.size,
    place: refOf(channel),
    channelId: channel.id,
    at: now,
    notes: [...notes, ...sourceNotes],
    look: lookOf(channel, platform),
    live: deps.edits && platform.can.edit === true,
  };
}

// A channel whose roundup can't be made ends with the reason, and the others get theirs.
async function plan(deps: DeliveryDeps, { channel, slot }: Job, query: RoundupQuery, material: Material, now: Date): Promise<NewRoundup> {
  try {
    const made = await chooseRoundup(query, material);
    const platform = platformOf(deps, channel);
    const tryAt = tryAtOf(deps, channel, now);
    if (made.items.length > 0) return queued(channel, platform, slot, made, tryAt);
    const quiet = deps.noListWhy(slot.on) ?? 'nothing new came in';
    // What rises is no post by itself: who wants none on a quiet day is told with the next new papers.
    if (channel.quietPosts) return queued(channel, platform, slot, { ...made, doc: quietDoc(slot.on, quiet, made.rising, channel.owner === null ? 'this channel' : 'you') }, tryAt);
    return skipped(channel, slot, `a quiet day: ${quiet}`, now);
  } catch (error) {
    deps.log.error({ slot: slotName(channel, slot), error: wordsOf(error) }, 'roundup could not be made');
    return skipped(channel, slot, `could not be made: ${wordsOf(error)}`, now);
  }
}

// Ledger, outbox and the channels' next slots change together. Where the whole can't be written, each is by itself.
async function write(deps: DeliveryDeps, channels: Channel[], plans: NewRoundup[], now: Date): Promise<number> {
  let rows: Roundup[];
  try {
    rows = await deps.db.transaction(async (tx) => {
      const written = await writeRoundups(tx, plans, now);
      await moveOn(tx, channels, now);
      await moveReadingOn(tx, plans.flatMap(({ channelId, kind, on }) => (kind === 'weekly' || kind === 'monthly' ? [{ channelId, reading: kind, on }] : [])));
      return written;
    });
  } catch (error) {
    if (channels.length > 1) {
      let written = 0;
      for (const channel of channels) written += await write(deps, [channel], plans.filter(({ channelId }) => channelId === channel.id), now);
      return written;
    }
    const [channel] = channels;
    const broken = plans.map((one) => ({ ...one, title: '', status: 'skipped' as const, why: `could not be written: ${wordsOf(error)}`, messages: [], papers: [] }));
    for (const one of plans) deps.log.error({ slot: slotName(channel!, one), error: wordsOf(error) }, 'roundup could not be written');
    if (plans.every(({ messages }) => messages.length === 0)) throw error;
    return write(deps, channels, broken, now);
  }
  for (const row of rows) {
    const about = { slot: slotName({ id: row.channelId }, row), roundup: row.id };
    if (row.status === 'queued') deps.log.info(about, 'roundup queued');
    else deps.log.info({ ...about, why: row.why }, 'roundup skipped');
  }
  return rows.filter(({ status }) => status === 'queued').length;
}

function platformOf(deps: DeliveryDeps, channel: Channel): Platform {
  const platform = deps.platforms.find(({ name }) => name === channel.platform);
  if (!platform) throw new Error(`platform ${channel.platform} is not switched on`);
  return platform;
}

function tryAtOf(deps: DeliveryDeps, channel: Channel, now: Date): Date {
  return new Date(now.getTime() + spread(channel, platformOf(deps, channel), deps.spreadMs));
}

// The same for a channel every day. 7919 is prime to 1000, so that neighbouring ids lie far apart.
function spread({ id }: Channel, platform: Platform, overMs: number): number {
  return platform.spread ? Math.floor((((id * 7919) % 1000) / 1000) * overMs) : 0;
}
