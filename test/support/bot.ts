// The whole bot with the real clients, and the world it lives in: a Slack, a Discord and a mail server on the loopback, and a clock that stands.
import { createApp, type App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Log } from '../../src/core/log.ts';
import type { Db } from '../../src/db/connect.ts';
import { nextTry } from '../../src/db/outbox.ts';
import { discord, email, slack } from '../../src/platforms/index.ts';
import { startDiscordServer, type DiscordServer } from './discord-server.ts';
import { MONDAY, stoppedClock } from './factories.ts';
import { startMailServer, type MailServer } from './mail-server.ts';
import { realPostgres } from './real-postgres.ts';
import { slackProblems, slackViewProblems } from './slack-contract.ts';
import { startSlackServer, type SlackServer } from './slack-server.ts';

export const SIGNING_SECRET = 'a-signing-secret';
/** Where mails say that the bot’s pages are. */
export const PUBLIC_URL = 'https://papers.example';

/** What outlives a bot. */
export interface World {
  clock: ReturnType<typeof stoppedClock>;
  slack: SlackServer;
  discord: DiscordServer;
  mail: MailServer;
  /** Closes everything; throws what Slack or Discord would mind, and every ping, in anything that any bot sent. */
  stop(): Promise<void>;
}

export type Connection = 'slack' | 'slack over http' | 'discord' | 'email';

export interface Bot {
  app: App;
  /** What went wrong, as the log has it. */
  errors: string[];
  stop(): Promise<void>;
}

export async function startWorld(at: Date = MONDAY): Promise<World> {
  const clock = stoppedClock(at);
  const [slackServer, discordServer, mail] = await Promise.all([
    startSlackServer({
      problemsOf: (payload) => [...slackProblems(payload), ...slackPings(payload)],
      problemsOfView: (view) => [...slackViewProblems(view), ...slackPings(view)],
      now: () => clock.now().getTime(),
    }),
    startDiscordServer({ now: clock.now }),
    startMailServer(),
  ]);
  return {
    clock,
    slack: slackServer,
    discord: discordServer,
    mail,
    async stop() {
      await mail.stop();
      await discordServer.stop();
      await slackServer.stop();
      const problems = [...discordServer.problems, ...discordServer.requests.flatMap(({ body }) => [body, ...(body.message ? [body.message as typeof body] : [])]).flatMap((said) => [...unfurls(said), ...discordPings(said)])];
      if (problems.length > 0) throw new Error(`discord would mind:\n${problems.join('\n')}`);
    },
  };
}

/** No network: every request fails, unless a journey answers it. */
export const offline: typeof fetch = () => Promise.reject(new TypeError('fetch failed'));

/** A bot on this database in this world. Connects, and listens where something needs it; nothing ticks by itself. */
export async function startBot(db: Db, world: World, connections: Connection[], fetch: typeof globalThis.fetch = offline): Promise<Bot> {
  const bot = await makeBot(db, world, connections, fetch);
  if (connections.some((one) => one.startsWith('slack'))) await bot.app.connect(slack);
  if (connections.includes('discord')) await bot.app.connect(discord);
  if (connections.includes('email')) await bot.app.connect(email);
  const url = await bot.app.listen();
  world.slack.sendTo(url && connections.includes('slack over http') ? { url: `${url}/slack/events`, signingSecret: SIGNING_SECRET } : undefined);
  return bot;
}

/** The same, connected to nothing yet. */
export async function makeBot(db: Db, world: World, connections: Connection[], fetch: typeof globalThis.fetch = offline): Promise<Bot> {
  const overHttp = connections.includes('slack over http');
  const platforms = [slack, discord, email];
  const env = {
    ...(overHttp ? { SLACK_SIGNING_SECRET: SIGNING_SECRET, PORT: '0' } : { SLACK_APP_TOKEN: 'xapp-of-a-test' }),
    ...{ SLACK_BOT_TOKEN: 'xoxb-of-a-test', SLACK_API_URL: world.slack.url },
    ...{ DISCORD_TOKEN: world.discord.token, DISCORD_API_URL: world.discord.url },
    ...(connections.includes('email') ? { SMTP_URL: world.mail.url, MAIL_FROM: 'Paperround <papers@lab.example>', PUBLIC_URL, PORT: '0', PAPERROUND_KEYS: `k1:${'A'.repeat(43)}=` } : {}),
  };
  const opened = { db, kind: realPostgres ? ('postgres' as const) : ('embedded' as const), dump: undefined, close: async () => {} };
  // The live sources have tests of their own.
  const config = { ...readConfig(env, platforms), sources: [], spreadSeconds: 0 };
  const errors: string[] = [];
  const app = await createApp({ config, opened, log: logInto(errors), now: world.clock.now, platforms, fetch });
  return { app, errors, stop: () => app.stop() };
}

/** Moves the clock and lets the bots do what is due. A channel takes a message a second: its thread follows when that is over. */
export async function tickAt(db: Db, { clock }: World, bots: Bot[], time: Date | string): Promise<void> {
  clock.moveTo(time);
  await Promise.all(bots.map(({ app }) => app.tick()));
  const platforms = new Set(bots.flatMap(({ app }) => [...app.adapters.keys()]));
  // A sender that came back by itself may have a message in hand, which then seems far off: twice nothing, and all is said.
  for (let quiet = 0; quiet < 2; ) {
    await Promise.all(bots.map(({ app }) => app.send()));
    const times = (await Promise.all([...platforms].map((platform) => nextTry(db, platform)))).flatMap((at) => at?.getTime() ?? []);
    const next = Math.min(...times);
    if (next - clock.now().getTime() > 1_000) quiet++;
    else if (next > clock.now().getTime()) clock.moveTo(new Date(next));
  }
}

function logInto(errors: string[]): Log {
  const drop = () => {};
  return { debug: drop, info: drop, warn: drop, error: (data, text) => void errors.push(`${text} ${JSON.stringify(data)}`) };
}

// Elements of a rich text that notify somebody, whatever the message's other fields say.
function slackPings(payload: object): string[] {
  const kinds = [...JSON.stringify(payload).matchAll(/"type":"(user|usergroup|broadcast|channel|team)"/g)];
  return kinds.map(([, kind]) => `a live mention of a ${kind}`);
}

// `allowed_mentions` keeps everybody from being called; these would still look as if somebody was.
function discordPings(body: object): string[] {
  return markdownIn(body).join('\n').match(/(?<!\\)<[@#]\S*|@(?:everyone|here)/g)?.map((ping) => `a live ${ping}`) ?? [];
}

/** What Discord reads as markdown: contents, wherever they stand, and embeds. Options, choices and labels are plain. */
function markdownIn(node: object): string[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'content' && typeof value === 'string') return [value];
    if (key === 'embeds') return [JSON.stringify(value)];
    return typeof value === 'object' && value !== null ? markdownIn(value) : [];
  });
}

// Addresses in embeds and in angle brackets unfold no preview; a bare one in the text does.
function unfurls({ embeds: _, ...body }: Record<string, unknown>): string[] {
  return markdownIn(body).flatMap((text) => (/(^|[^<])https?:\/\//.test(text) ? [`a bare address in “${text}”`] : []));
}
