// The loopback platforms as the bench uses them: behind their limits, with many channels, and people who ask meanwhile.
import { startDiscordServer } from '../../test/support/discord-server.ts';
import { startSlackServer } from '../../test/support/slack-server.ts';
import { discordLimits, isInteraction, openGate, slackLimits, type Gate } from './limits.ts';

export interface Place {
  gate: Gate;
  workspace: string;
  /** Ids follow from here. */
  firstId: bigint | string;
  env: Record<string, string>;
  /** How many messages are there. */
  posted(): number;
  /** Somebody asks; resolves with the milliseconds until they saw the answer. */
  ask(words: string): Promise<number>;
  stop(): Promise<void>;
}

const FIRST = 500_000_000_000_000_000n;
const PATIENCE_MS = 15_000;

export async function openDiscord(channels: number): Promise<Place> {
  const server = await startDiscordServer();
  for (let n = 0; n < channels; n++) server.world.add({ id: String(FIRST + BigInt(n)), guild_id: GUILD, type: 0, name: `channel-${n}` });
  const gate = await openGate(new URL(server.url).origin, discordLimits(), ({ path }) => !isInteraction(path));
  return {
    gate,
    workspace: GUILD,
    firstId: FIRST,
    env: { DISCORD_TOKEN: server.token, DISCORD_API_URL: `${gate.url}/api` },
    posted: () => [...server.world.channels.values()].reduce((sum, { messages }) => sum + messages.length, 0),
    async ask(words) {
      const began = performance.now();
      const interaction = server.send('paper', { query: words });
      await until(() => interaction.original !== undefined);
      return performance.now() - began;
    },
    async stop() {
      await gate.stop();
      await server.stop();
    },
  };
}

const GUILD = '100000000000000001';

export async function openSlack(channels: number): Promise<Place> {
  const server = await startSlackServer();
  for (let n = 0; n < channels; n++) server.channels.set(`C${n}`, { id: `C${n}`, name: `channel-${n}`, is_member: true, is_archived: false });
  const gate = await openGate(new URL(server.url).origin, slackLimits(), ({ path }) => path.endsWith('/chat.postMessage'));
  return {
    gate,
    workspace: 'T1',
    firstId: 'C',
    env: { SLACK_BOT_TOKEN: 'xoxb-of-a-bench', SLACK_APP_TOKEN: 'xapp-of-a-bench', SLACK_API_URL: `${gate.url}/api/` },
    posted: () => server.messages.length,
    async ask(words) {
      const began = performance.now();
      await server.slash('/paper', words);
      return performance.now() - began;
    },
    async stop() {
      await gate.stop();
      await server.stop();
    },
  };
}

async function until(met: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!met()) {
    if (performance.now() > end) throw new Error('nobody answered');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
