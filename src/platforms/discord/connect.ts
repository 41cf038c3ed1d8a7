// The connection to Discord: the gateway for what comes in, a REST connection of its own for roundups going out.
import type { Client, REST, RequestMethod } from 'discord.js';
import type { ChatAdapter, PlatformIo } from '../../core/chat.ts';
import { ConfigError, wordsOf } from '../../core/errors.ts';
import { register } from './commands.ts';
import { follow } from './events.ts';
import { find } from './find.ts';
import { answer } from './interactions.ts';
import { post, type Posting } from './post.ts';
import { preflight } from './preflight.ts';

/** Milliseconds until a post without an answer counts as unknown. */
const POST_MS = 15_000;
/** Below Discord's 50 a second, which answers to interactions of the same bot share. */
const POSTS_PER_SECOND = 45;
/** How many interactions are remembered, so that one that is redelivered after a reconnect is not run twice. */
const REMEMBERED = 1_000;

/**
 * Logs in and begins to answer. Throws ConfigError when Discord refuses the token, and what the network throws.
 * `postMs` is shortened in tests.
 */
export async function connect(io: PlatformIo, { postMs = POST_MS } = {}): Promise<ChatAdapter> {
  const { Client, Events, GatewayIntentBits, REST } = await import('discord.js');
  const token = io.env.DISCORD_TOKEN ?? '';
  const api = io.env.DISCORD_API_URL ? { api: io.env.DISCORD_API_URL.replace(/\/$/, '') } : {};
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: api });
  const rest = new REST({ ...api, retries: 0, timeout: postMs, rejectOnRateLimit: ['/'], globalRequestsPerSecond: POSTS_PER_SECOND });
  const work = new Set<Promise<unknown>>();
  const tracked = <T>(promise: Promise<T>): Promise<T> => {
    work.add(promise);
    return promise.finally(() => work.delete(promise));
  };

  logTrouble(client, io);
  follow(client, io);
  const seen = new Set<string>();
  client.on(Events.InteractionCreate, (interaction) => {
    if (!seen.has(interaction.id)) void tracked(answer(interaction, io));
    remember(seen, interaction.id);
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token).catch((error: unknown) => {
    throw isRefusedToken(error) ? new ConfigError([REFUSED]) : error;
  });
  const { user, application } = await ready;
  await register(application.id, io, (body) => client.rest.put(`/applications/${application.id}/commands`, { body })).catch(
    (error: unknown) => io.log.error({ why: wordsOf(error) }, 'discord commands not registered'),
  );
  io.log.info({ bot: user.tag, servers: client.guilds.cache.size }, 'discord connected');

  const posting: Posting = {
    me: user.id,
    isThread: (channel) => client.channels.cache.get(channel)?.isThread() ?? false,
    request: requester(rest, token, postMs),
  };
  return {
    post: (message) => tracked(post(posting, message)),
    find: (message) => tracked(find(posting, message)),
    preflight: (channel) => tracked(preflight(client, channel)),
    check: async () => {
      const servers = client.guilds.cache.size;
      return `Discord: ${user.tag} in ${servers === 1 ? '1 server' : `${servers} servers`}, intent Guilds, ${client.ws.ping < 0 ? 'no ping yet' : `ping ${client.ws.ping} ms`}`;
    },
    stop: async () => {
      client.removeAllListeners(Events.InteractionCreate);
      await Promise.allSettled(work);
      await client.destroy();
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}

const REFUSED = 'DISCORD_TOKEN: Discord refuses it. Copy the bot’s token again from the developer portal, page Bot.';

function requester(rest: REST, token: string, postMs: number): Posting['request'] {
  return (method, path, body) =>
    // The library drops its token after a 401, and then no longer says what is wrong.
    rest.setToken(token).request({
      method: method as RequestMethod,
      fullRoute: path,
      // The library's own timeout ends with the headers; an answer can also stall within its body.
      signal: AbortSignal.timeout(2 * postMs),
      ...(body ? { body } : {}),
    });
}

function logTrouble(client: Client, { log }: PlatformIo): void {
  client.on('error', (error) => log.error({ why: wordsOf(error) }, 'discord error'));
  client.on('shardError', (error) => log.warn({ why: wordsOf(error) }, 'discord connection error'));
  client.on('shardResume', () => log.info({}, 'discord connection resumed'));
  client.on('shardDisconnect', ({ code }) => log.error({ code }, 'discord connection lost for good'));
}

function remember(seen: Set<string>, id: string): void {
  seen.add(id);
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value!);
}

function isRefusedToken(error: unknown): boolean {
  const { code, status } = error as { code?: unknown; status?: unknown };
  return code === 'TokenInvalid' || status === 401;
}
