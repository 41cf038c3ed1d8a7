// The real adapter, connected to a loopback Discord.
import { onTestFinished } from 'vitest';
import type { Answer, Call, ChannelRef } from '../../../src/core/chat.ts';
import type { ChatAdapter, OutboxMessage, PlatformIo } from '../../../src/core/platform.ts';
import { say } from '../../../src/core/doc.ts';
import { connect } from '../../../src/platforms/discord/connect.ts';
import { CHANNEL, GUILD, startDiscordServer, type DiscordServer } from '../../support/discord-server.ts';
import { claims, wordsKept } from '../../support/factories.ts';
import { memoryInstallations } from '../../support/installations.ts';
import { specs } from './specs.ts';

export interface Bot {
  server: DiscordServer;
  adapter: ChatAdapter;
  calls: Call[];
  changes: { channel?: ChannelRef; workspace?: string; change: object }[];
  /** Why the bot said that its connection is lost for good. */
  lost: string[];
  logged: { level: string; data: object; text: string }[];
}

type Overrides = Partial<Pick<PlatformIo, 'handle' | 'complete' | 'form' | 'foresee' | 'papersIn' | 'memory' | 'env' | 'claim' | 'leases' | 'takeTurns' | 'now'>>;

/** What the database does for several processes of one bot. Each call of `process` is one of them. */
export function shareDatabase(now: () => Date = () => new Date()) {
  const [memory, claim] = [memoryOf(), claims()];
  const leases = new Map<string, { owner: number; until: number }>();
  let processes = 0;
  const database = { broken: false };
  const process = () => {
    const owner = ++processes;
    return {
      ...{ memory, claim, now },
      leases: {
        async take(name: string, ms: number) {
          if (database.broken) throw new Error('no database');
          const held = leases.get(name);
          const free = !held || held.owner === owner || held.until <= now().getTime();
          if (free) leases.set(name, { owner, until: now().getTime() + ms });
          return free;
        },
        async giveBack(name: string) {
          if (leases.get(name)?.owner === owner) leases.delete(name);
        },
      },
    };
  };
  return Object.assign(database, { process });
}

/** A server and a bot on it, both stopped when the test is over. */
export async function startBot(overrides: Overrides = {}, { server, postMs = 2_000 }: { server?: DiscordServer; postMs?: number } = {}): Promise<Bot> {
  const discord = server ?? (await startServer());
  const bot: Omit<Bot, 'adapter'> = { server: discord, calls: [], changes: [], logged: [], lost: [] };
  const log = (level: string) => (data: object, text: string) => void bot.logged.push({ level, data, text });
  const answer: Answer = { doc: say('Here it is.'), audience: 'asker' };
  const io: PlatformIo = {
    env: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url },
    commands: specs,
    installations: memoryInstallations(() => new Date()),
    seal: (words) => words,
    complete: async () => [],
    form: async () => undefined,
    foresee: async () => undefined,
    words: wordsKept(),
    home: async () => say('Nobody is at home.'),
    greeting: async () => undefined,
    previews: async () => [],
    papersIn: async () => [say('No paper.')],
    ...shareDatabase().process(),
    takeTurns: async () => io.now(),
    mount: () => {},
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    ...overrides,
    handle: async (call) => {
      bot.calls.push(call);
      return overrides.handle ? overrides.handle(call) : answer;
    },
    channelChanged: async (channel, change) => void bot.changes.push({ channel, change }),
    workspaceChanged: async (workspace, change) => void bot.changes.push({ workspace, change }),
    lost: (why) => void bot.lost.push(why),
  };
  const adapter = await connect(io, { postMs, beatMs: 50 });
  onTestFinished(() => adapter.stop());
  return { ...bot, adapter };
}

export async function startServer(options?: { now: () => Date }): Promise<DiscordServer> {
  const server = await startDiscordServer(options);
  onTestFinished(() => server.stop());
  return server;
}

export function memoryOf(): PlatformIo['memory'] {
  const facts = new Map<string, string>();
  return { get: async (key) => facts.get(key), set: async (key, value) => void facts.set(key, value) };
}

export function messageOf(more: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    key: 'round-1-message-1',
    channel: { platform: 'discord', workspace: GUILD, id: CHANNEL },
    payload: { content: 'Two papers today.', embeds: [{ title: 'Attention', description: 'Is all you need.' }], allowed_mentions: { parse: [] } },
    title: 'Roundup for 27 July 2026',
    parent: undefined,
    firstTriedAt: undefined,
    ...more,
  };
}
