// What a subscription asks for, read and found possible before anything is changed.
import type { Deps } from '../../command.ts';
import type { Call, ChannelRef } from '../../core/chat.ts';
import { about, UserError } from '../../core/errors.ts';
import type { Layout } from '../../core/layout.ts';
import { parseSchedule, type Schedule } from '../../core/schedule.ts';
import { findChannel, type Channel } from '../../db/channels.ts';
import { topicsOf, type FollowedTopic } from '../../db/topics.ts';
import { setSince, type Settings } from './form-seen.ts';
import { settledPlace } from './forum-place.ts';
import { readLine, type ForumPlace, type OneLine } from './one-line.ts';
import { fullTopic, readTopic } from './said-topic.ts';
import { checkSize } from './size.ts';
import { voiceOf } from './voice.ts';

const MOST_TOPICS = 20;

export interface Subscription {
  /** The topic as it was said, and as a query; undefined for everything that trends. */
  topic: { said: string; query: string } | undefined;
  /** Undefined where neither hour, days nor zone were said. */
  schedule: Schedule | undefined;
  size: number | undefined;
  layout: Layout | undefined;
  /** Where it is for: the channel, or the forum whose post it is. */
  here: ChannelRef;
  /** The channel as it is, and what it follows; undefined where it has no roundup. */
  known: Channel | undefined;
  followed: FollowedTopic[];
  /** Its schedule and size without what was said. */
  start: Schedule & { size: number };
}

/** Which of a forum and its post is meant. */
export type PlaceOf = (call: Call, said: ForumPlace | undefined, deps: Deps) => Promise<ChannelRef>;

/** Throws UserError for what can't be, with the field of the form. Without `placeOf`, a forum counts where it has a roundup. */
export async function readSubscription(call: Call & { args: OneLine }, deps: Deps, placeOf: PlaceOf = likelyPlace): Promise<Subscription> {
  const { topic: words, when, size, layout, place, seen } = await wholeLine(call.args, deps);
  const topic = words ? { said: words, query: about('topic', () => readTopic(words, deps)) } : undefined;
  const here = await placeOf(call, place, deps);
  const known = await findChannel(deps.db, here);
  const followed = known ? await topicsOf(deps.db, known.id) : [];
  const start = known ?? (await startHere(call, deps));
  if (size !== undefined) checkSize(size);
  const filled: Partial<Settings> = { ...(when ? readWhen(when, start) : {}), ...(size === undefined ? {} : { size }), ...(layout ? { layout } : {}) };
  const set = known && seen ? setSince(seen, filled, known) : filled;
  if (topic && followed.length >= MOST_TOPICS && !followed.some(({ query }) => query === topic.query)) {
    const voice = voiceOf(here);
    throw new UserError(`${voice('This channel follows', 'You follow')} ${MOST_TOPICS} topics already. Unsubscribe one first: /roundup${voice('', ' me')} list shows them.`, [], 'topic');
  }
  return { topic, schedule: scheduleOf(set, start), size: set.size, layout: set.layout, here, known, followed, start };
}

function scheduleOf({ at, zone, days }: Partial<Schedule>, start: Schedule): Schedule | undefined {
  if (at === undefined && zone === undefined && days === undefined) return undefined;
  return { at: at ?? start.at, zone: zone ?? start.zone, days: days ?? start.days };
}

async function likelyPlace(call: Call, said: ForumPlace | undefined, deps: Deps): Promise<ChannelRef> {
  return (await settledPlace(call, said, deps)) ?? call.channel;
}

// Behind the short name on a button for a forum or its post stands all that was said; elsewhere, as in a form, the topic alone.
async function wholeLine(line: OneLine, deps: Deps): Promise<OneLine> {
  const topic = await fullTopic(line.topic, deps);
  const isAll = topic !== line.topic && line.place && !line.when && line.size === undefined && !line.layout;
  return isAll ? { ...readLine(topic), place: line.place } : { ...line, topic };
}

/** A new channel's schedule and size: the settings', in the zone of who subscribes. */
export async function startHere(call: Call, deps: Deps): Promise<Schedule & { size: number }> {
  const { zone = deps.config.channel.zone } = await call.person.profile();
  return { ...deps.config.channel, zone };
}

/** Hour, days and zone as they were said; what wasn't is kept. Throws UserError. */
export function readWhen(words: string, { zone, at, days }: Schedule): Schedule {
  const schedule = parseSchedule(words, { zone, at, days });
  if (!schedule) throw new UserError(`“${words}” is not a time, a zone or days. Say it like “at 9 weekdays Europe/Berlin”.`);
  return schedule;
}
