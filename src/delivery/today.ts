// Today's roundup for a channel that wants to see it at once, as the terminal does at each start.
import type { Payload, Platform } from '../core/platform.ts';
import { localDate } from '../core/schedule.ts';
import { refOf, type Channel } from '../db/channels.ts';
import type { Db } from '../db/connect.ts';
import { findRoundup, listPayloads, writeRoundups } from '../db/roundups.ts';
import { topicLabel, topicsOf } from '../db/topics.ts';
import { makeRoundup, roundupMoment } from './make.ts';
import { lookOf, messagesOf, queued } from './messages.ts';

/**
 * What to show: the messages of today's roundup again if it was posted, else it is made now and goes through the
 * outbox like any other. Where nothing new has come in, it is that of the newest day there is, and says so.
 */
export async function todaysRoundup(
  db: Db,
  channel: Channel,
  platform: Platform,
  notes: string[],
  now: Date,
): Promise<{ again: Payload[] } | 'queued' | 'no papers'> {
  const on = localDate(now, channel.zone);
  const before = await findRoundup(db, channel, on, 'daily');
  if (before?.status === 'sent') return { again: await listPayloads(db, before.id) };
  const moment = await roundupMoment(db, now, channel.zone);
  const topics = await topicsOf(db, channel.id);
  const query = {
    ...moment,
    topics: topics.map((topic) => ({ label: topicLabel(topic), query: topic.query })),
    size: channel.size,
    place: refOf(channel),
    channelId: channel.id,
    notes: [...moment.notes, ...notes],
    look: lookOf(channel, platform),
  };
  let made = await makeRoundup(db, query);
  // All of them were shown on an earlier day: better the same again than an empty screen.
  if (made.items.length === 0) made = await makeRoundup(db, { ...query, channelId: undefined });
  if (made.items.length === 0) return 'no papers';
  const [written] = await writeRoundups(db, [queued(channel, platform, { on, kind: 'daily', dueAt: now }, made, now)], now);
  if (!written) {
    // The slot was skipped or failed earlier today: shown now all the same, without a second row.
    return { again: messagesOf(platform, made.doc).map(({ payload }) => payload) };
  }
  return 'queued';
}
