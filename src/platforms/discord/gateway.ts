// One shard of the gateway: what comes in from Discord, on a connection that discord.js keeps alive.
import type * as library from 'discord.js';
import type { Client } from 'discord.js';
import type { PlatformIo } from '../../core/platform.ts';
import { ConfigError, wordsOf } from '../../core/errors.ts';
import type { Brake } from './brake.ts';
import { register } from './commands.ts';
import { follow } from './events.ts';
import { watch } from './health.ts';
import { answer } from './interactions.ts';
import { apiOf } from './rest.ts';
import { REFUSED_TOKEN } from './verdict.ts';

export interface Gateway {
  client: Client<true>;
  /** Since when there has been no connection. */
  downSince(): Date | undefined;
  /** When it was last heard. */
  lastEventAt(): Date | undefined;
  /** Answers that are under way go on after it. */
  close(): Promise<void>;
}

export interface GatewayDeps {
  io: PlatformIo;
  library: typeof library;
  brake: Brake;
  /** Keeps account of work that stopping waits for. */
  tracked: <T>(work: Promise<T>) => Promise<T>;
  /** Waits until a shard may log in. */
  admit: (shard: number, signal: AbortSignal) => Promise<void>;
}

/** Logs one shard in and begins to answer. Throws ConfigError when the token is refused, what the network throws, and when `signal` aborts. */
export async function openGateway({ io, library, brake, tracked, admit }: GatewayDeps, shard: number, shardCount: number, signal: AbortSignal): Promise<Gateway> {
  const { Client, Events, GatewayIntentBits } = library;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    // A REST connection of its own, so that answers to people wait for no roundup.
    rest: apiOf(io.env),
    shards: [shard],
    shardCount,
    ws: { buildIdentifyThrottler: () => ({ waitForIdentify: admit }) },
  });
  client.rest.on('response', (_, { status, headers }) => brake.note(status, headers.get('x-ratelimit-scope')));
  const health = watch(client, io, shard);
  follow(client, io);
  client.on(Events.InteractionCreate, (interaction) => void tracked(answer(interaction, io)));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  // The library's login doesn't end when its client is destroyed.
  const givenUp = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => void client.destroy().finally(() => reject(new Error('given up'))), { once: true }),
  );
  await Promise.race([client.login(io.env.DISCORD_TOKEN ?? ''), givenUp]).catch((error: unknown) => {
    throw health.closedBy() === 4004 || (error as { code?: unknown }).code === 'TokenInvalid' ? new ConfigError([`DISCORD_TOKEN: ${REFUSED_TOKEN}`]) : error;
  });
  const { application } = await Promise.race([ready, givenUp]);
  health.open();
  await register(application.id, io, (body) => client.rest.put(`/applications/${application.id}/commands`, { body })).catch((error: unknown) =>
    io.log.error({ why: wordsOf(error) }, 'discord commands not registered'),
  );
  io.log.info({ shard, of: shardCount, servers: client.guilds.cache.size }, 'discord connected');
  return { client: client as Client<true>, ...health, close: () => client.destroy() };
}
