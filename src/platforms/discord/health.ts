// How a shard's connection is doing.
import type { Client } from 'discord.js';
import type { PlatformIo } from '../../core/platform.ts';
import { wordsOf } from '../../core/errors.ts';
import { REFUSED_TOKEN } from './verdict.ts';

/** Close codes after which the library doesn't try again (source: Discord's gateway close event codes). */
const FATAL: Record<number, string> = {
  4004: REFUSED_TOKEN,
  4010: 'Discord doesn’t know this shard.',
  4011: 'The bot is in so many servers that Discord asks for more shards.',
  4012: 'Discord no longer speaks this version of its gateway.',
  4013: 'Discord doesn’t know the intents that were asked for.',
  4014: 'Discord doesn’t allow the intents that were asked for.',
};

/** Follows and logs what happens to the connection. A close for good, once `open` was said, ends the process. */
export function watch(client: Client, io: PlatformIo, shard: number) {
  const { log } = io;
  let closed: number | undefined;
  let isOpen = false;
  let since: Date | undefined;
  let heardAt: Date | undefined;
  let pingedAt = 0;
  client.on('error', (error) => log.error({ shard, why: wordsOf(error) }, 'discord error'));
  client.on('shardError', (error) => log.warn({ shard, why: wordsOf(error) }, 'discord connection error'));
  client.on('shardReconnecting', () => (since ??= io.now()));
  client.on('shardReady', () => (since = undefined));
  client.on('shardResume', () => {
    since = undefined;
    log.info({ shard }, 'discord connection resumed');
  });
  client.on('shardDisconnect', ({ code }) => {
    closed = code;
    since ??= io.now();
    log.error({ shard, code }, 'discord connection lost for good');
    if (isOpen) io.lost(`${FATAL[code] ?? 'Discord closed the connection for good.'} (code ${code})`);
  });
  client.on('raw' as never, () => (heardAt = io.now()));
  return {
    closedBy: () => closed,
    open: () => void (isOpen = true),
    downSince: () => since,
    lastEventAt: () => {
      // The library dates heartbeats by the host's clock: that there is a new one is what counts.
      const ping = client.ws.shards.first()?.lastPingTimestamp ?? 0;
      if (ping > pingedAt) heardAt = io.now();
      pingedAt = Math.max(pingedAt, ping);
      return heardAt;
    },
  };
}
