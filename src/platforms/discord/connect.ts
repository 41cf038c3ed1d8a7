// The connection to Discord: shards of the gateway for what comes in, a REST connection of its own for what goes out.
import type { ChatAdapter, PlatformIo } from '../../core/platform.ts';
import { openBrake } from './brake.ts';
import { edit } from './edit.ts';
import { find } from './find.ts';
import { openGateway } from './gateway.ts';
import { admit, gatewayInfo, signIn, tooFew } from './identify.ts';
import { post } from './post.ts';
import type { Posting } from './posting.ts';
import { preflight, standing } from './preflight.ts';
import { apiOf, openRest } from './rest.ts';
import { keepShards } from './shards.ts';
import { tell } from './tell.ts';
import { openTurns } from './turns.ts';
import { REFUSED_TOKEN } from './verdict.ts';

/** Milliseconds until a post without an answer counts as unknown. */
const POST_MS = 15_000;

/**
 * Signs in and begins to answer, or stands by while other processes do; posting needs no gateway. Throws ConfigError
 * when Discord refuses the token, and what the network throws. `postMs` and `beatMs` are shortened in tests.
 */
export async function connect(io: PlatformIo, { postMs = POST_MS, beatMs }: { postMs?: number; beatMs?: number } = {}): Promise<ChatAdapter> {
  const library = await import('discord.js');
  const token = io.env.DISCORD_TOKEN ?? '';
  const brake = openBrake(io);
  let heardAt: Date | undefined;
  let signedIn = false;
  const heard = (status: number) => {
    heardAt = io.now();
    if (status === 401 && signedIn) io.lost(REFUSED_TOKEN);
  };
  const poster = new library.REST({ ...apiOf(io.env), retries: 0, timeout: postMs, rejectOnRateLimit: ['/'], globalRequestsPerSecond: Infinity });
  const rest = openRest(poster, { turns: openTurns(io), brake, token, postMs, heard });
  const { request } = rest;
  const work = new Set<Promise<unknown>>();
  const tracked = <T>(promise: Promise<T>): Promise<T> => {
    work.add(promise);
    return promise.finally(() => work.delete(promise));
  };

  const begin = async () => ({ me: await signIn(request), wanted: (await gatewayInfo(request)).shards });
  const { me, wanted } = await begin().catch((error: unknown) => {
    rest.close();
    throw error;
  });
  signedIn = true;
  const gatewayDeps = {
    ...{ io, library, brake, tracked },
    admit: (shard: number, signal: AbortSignal) => admit({ io, request, onWait: (why) => shards.waits(why) }, shard, signal),
  };
  const shards = keepShards({
    io,
    wanted,
    most: Number(io.env.DISCORD_MAX_SHARDS ?? Infinity),
    async open(shard, count, signal) {
      const few = tooFew(await gatewayInfo(request), io.now());
      if (few) throw new Error(few);
      return openGateway(gatewayDeps, shard, count, signal);
    },
    ...(beatMs === undefined ? {} : { beatMs }),
  });
  const stop = async () => {
    await shards.stop();
    await Promise.allSettled(work);
    rest.close();
  };
  await shards.start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });

  const posting: Posting = {
    me: me.id,
    isThread: (channel) => shards.open().some(({ client }) => client.channels.cache.get(channel)?.isThread()),
    request,
    fresh: new Set(),
  };
  return {
    post: (message) => tracked(post(posting, message)),
    edit: (message) => tracked(edit(request, message)),
    find: (message) => tracked(find(posting, message)),
    preflight: (channel) => tracked(preflight(request, me.id, channel)),
    standing: (channel, person) => tracked(standing(request, channel, person)),
    tell: ({ person }, payload) => tracked(tell(request, person, payload)),
    state() {
      const heardAts = [heardAt, ...shards.open().map((gateway) => gateway.lastEventAt())].flatMap((at) => at?.getTime() ?? []);
      const trouble = shards.trouble();
      const note = trouble ?? (shards.owned() === 0 ? STAND_BY : undefined);
      return { connected: trouble === undefined, ...(heardAts.length ? { lastEventAt: new Date(Math.max(...heardAts)) } : {}), ...(note ? { note } : {}) };
    },
    async check() {
      const open = shards.open();
      if (open.length === 0) return `Discord: ${me.username}, ${shards.trouble() ?? STAND_BY}`;
      const servers = open.reduce((sum, { client }) => sum + client.guilds.cache.size, 0);
      const ping = Math.max(...open.map(({ client }) => client.ws.ping));
      return `Discord: ${me.username} in ${servers === 1 ? '1 server' : `${servers} servers`}, intent Guilds, ${ping < 0 ? 'no ping yet' : `ping ${ping} ms`}`;
    },
    stop,
  };
}

const STAND_BY = 'on stand-by: another process has the connection, and this one takes over when it ends';
