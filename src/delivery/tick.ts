// Once a minute: channels whose slot has come get their roundup, in the ledger and in the outbox.
import type { Platform } from '../core/chat.ts';
import { wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { localDate, nextSlot } from '../core/schedule.ts';
import { count } from '../core/text.ts';
import { dueChannels, moveOn, type Channel } from '../db/channels.ts';
import type { Db } from '../db/connect.ts';
import { skipRoundup, type Roundup } from '../db/roundups.ts';
import { topicLabel, topicsOf } from '../db/topics.ts';
import { makeRoundup, readCandidates, type CandidateReader } from './make.ts';
import { queueRoundup, type RoundupSlot } from './messages.ts';

export interface DeliveryDeps {
  db: Db;
  log: Log;
  platforms: Platform[];
  graceHours: number;
  /** What a reader should know of the sources, such as one that can't be read. */
  sourceNotes(): Promise<string[]>;
}

const BATCH = 500;
const HOUR = 3_600_000;

/** Deals with every due channel; returns how many roundups were written. One channel's failure doesn't stop the others. */
export async function enqueueDue(deps: DeliveryDeps, now: Date): Promise<number> {
  const shared = shareReads(deps);
  const platforms = deps.platforms.map(({ name }) => name);
  let written = 0;
  for (;;) {
    const due = await dueChannels(deps.db, platforms, now, BATCH);
    for (const channel of due) {
      try {
        if (await enqueueSlot(deps, channel, now, shared)) written++;
      } catch (error) {
        deps.log.error({ channel: channel.id, on: channel.nextDueOn, error: wordsOf(error) }, 'roundup could not be made');
        await skipRoundup(deps.db, channel, slotOf(channel), `could not be made: ${wordsOf(error)}`, now);
      }
      await moveOn(deps.db, channel, now);
    }
    if (due.length < BATCH) return written;
  }
}

async function enqueueSlot(deps: DeliveryDeps, channel: Channel, now: Date, shared: SharedReads): Promise<boolean> {
  const slot = slotOf(channel);
  const late = now.getTime() - channel.nextDueAt.getTime();
  if (late > deps.graceHours * HOUR) {
    // After a long sleep only the latest missed slot matters: if today's own hour is near enough, it is posted.
    const latest = latestSlot(channel, now);
    if (now.getTime() - latest.dueAt.getTime() > deps.graceHours * HOUR) {
      await skipRoundup(deps.db, channel, slot, `missed: the bot was not running until ${Math.floor(late / HOUR)} hours after it was due`, now);
      deps.log.warn({ channel: channel.id, on: slot.on, lateHours: late / HOUR }, 'slot skipped');
      return false;
    }
    slot.on = latest.on;
    slot.dueAt = latest.dueAt;
  }
  return (await enqueueFor(deps, channel, slot, now, shared)) !== undefined;
}

/** What all channels of one tick have in common is read once. */
interface SharedReads {
  candidates: CandidateReader;
  sourceNotes(): Promise<string[]>;
}

function shareReads(deps: DeliveryDeps): SharedReads {
  let notes: Promise<string[]> | undefined;
  return { candidates: readCandidates(deps.db), sourceNotes: () => (notes ??= deps.sourceNotes()) };
}

/** Makes and writes one roundup. Undefined when there is nothing to post, or the slot has one already. */
export async function enqueueFor(
  deps: DeliveryDeps,
  channel: Channel,
  slot: RoundupSlot,
  now: Date,
  shared: SharedReads = shareReads(deps),
): Promise<Roundup | undefined> {
  const platform = deps.platforms.find(({ name }) => name === channel.platform);
  if (!platform) throw new Error(`platform ${channel.platform} is not switched on`);
  const topics = await topicsOf(deps.db, channel.id);
  const made = await makeRoundup(
    deps.db,
    {
      on: slot.on,
      extra: slot.kind === 'extra',
      topics: topics.map((topic) => ({ label: topicLabel(topic), query: topic.query })),
      size: channel.size,
      workspace: channel,
      channelId: channel.id,
      at: now,
      notes: [...lateNote(slot, now), ...(await shared.sourceNotes())],
      abstracts: platform.can.thread ? 'thread' : 'inline',
    },
    shared.candidates,
  );
  if (made.items.length === 0) {
    // A daily slot ends here, with the reason; an extra roundup can still be asked for when something has come in.
    if (slot.kind !== 'extra') await skipRoundup(deps.db, channel, slot, 'a quiet day: nothing new for this channel', now);
    return undefined;
  }
  const roundup = await queueRoundup(deps.db, channel, platform, slot, made, now);
  if (roundup) deps.log.info({ roundup: roundup.id, channel: channel.id, on: slot.on, papers: made.items.length }, 'roundup queued');
  return roundup;
}

function slotOf(channel: Channel): RoundupSlot {
  return { on: channel.nextDueOn, kind: 'daily', dueAt: channel.nextDueAt };
}

// The last slot at or before now, found by walking on from the missed one, over the last eight days at the most.
function latestSlot(channel: Channel, now: Date): { on: string; dueAt: Date } {
  const start = new Date(Math.max(channel.nextDueAt.getTime(), now.getTime() - 8 * 24 * HOUR) - 1);
  let slot = nextSlot(channel, start);
  for (let next = slot; next.dueAt <= now; next = nextSlot(channel, next.dueAt)) slot = next;
  return slot.dueAt <= now ? slot : { on: localDate(channel.nextDueAt, channel.zone), dueAt: channel.nextDueAt };
}

function lateNote(slot: { dueAt: Date }, now: Date): string[] {
  const minutes = Math.floor((now.getTime() - slot.dueAt.getTime()) / 60_000);
  if (minutes < 10) return [];
  const late = minutes < 90 ? count(minutes, 'minute') : count(Math.round(minutes / 60), 'hour');
  return [`${late} late: the bot was not running at the time.`];
}
