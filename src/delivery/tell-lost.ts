// The person who subscribed a channel hears of its loss, once, with a button that checks and goes on.
import type { ChatAdapter, Platform } from '../core/platform.ts';
import type { Block, Doc } from '../core/doc.ts';
import { TryLater, wordsOf } from '../core/errors.ts';
import { adviceOf, lostInWords } from '../core/lost.ts';
import type { Log } from '../core/log.ts';
import { count } from '../core/text.ts';
import { nameOf, type Channel } from '../db/channels.ts';
import type { Db } from '../db/connect.ts';
import { claimTelling, tellLater } from '../db/lost-channels.ts';
import { personIn } from '../db/saves.ts';

export interface TellDeps {
  db: Db;
  log: Log;
  platforms: Platform[];
  adapters: Map<string, ChatAdapter>;
}

/** So many fit one message of every platform; the rest of a whole lost workspace is counted. */
const MOST = 10;

/** Tells each subscriber of the channels that were lost since the last time, in one message. Never throws what a platform throws. */
export async function tellLost({ db, log, platforms, adapters }: TellDeps, now: Date): Promise<void> {
  for (const platform of platforms) {
    const adapter = adapters.get(platform.name);
    if (!adapter?.tell) continue;
    // Taken before it is said: who is told twice thinks that it broke twice.
    const lost = await claimTelling(db, platform.name, now);
    for (const createdBy of new Set(lost.map((channel) => channel.createdBy))) {
      const channels = lost.filter((channel) => channel.createdBy === createdBy);
      const { workspace } = channels[0]!;
      const about = { channels: channels.map(({ id }) => id), code: channels[0]!.pausedCode };
      const person = personIn(createdBy, channels[0]!);
      if (person === undefined) {
        log.warn(about, 'channel lost, and nobody to tell');
        continue;
      }
      try {
        for (const payload of platform.render(lostDoc(channels))) await adapter.tell({ workspace, person }, payload);
        log.info({ ...about, person: createdBy }, 'subscriber told of the lost channel');
      } catch (error) {
        if (error instanceof TryLater) await tellLater(db, channels);
        log.warn({ ...about, error: wordsOf(error) }, 'subscriber could not be told of the lost channel');
      }
    }
  }
}

function lostDoc(channels: Channel[]): Doc {
  const what = channels.length === 1 ? `the roundup of ${nameOf(channels[0]!)} has` : `${count(channels.length, 'roundup')} that you subscribed to have`;
  const rest = channels.length - MOST;
  const summary = `Paperround can’t post there any more, so ${what} stopped. Schedule and topics are kept. Once it is mended, press Check and resume.`;
  return {
    summary,
    title: 'A roundup has stopped',
    blocks: [
      { kind: 'text', spans: [summary] },
      ...channels.slice(0, MOST).map(lostItem),
      ...(rest > 0 ? [{ kind: 'note' as const, spans: [`And ${count(rest, 'channel')} more; /roundup resume there goes on.`] }] : []),
    ],
  };
}

function lostItem(channel: Channel): Block {
  const advice = adviceOf(channel);
  return {
    kind: 'item',
    title: { text: nameOf(channel), bold: true },
    facts: [lostInWords(channel.pausedCode!)],
    ...(advice ? { body: advice } : {}),
    actions: [{ label: 'Check and resume', says: `Check and resume the roundup of ${nameOf(channel)}`, call: { name: 'roundup', text: `repair ${channel.id}` } }],
  };
}
