// Workspaces that install the app by themselves, with the whole bot: a browser, Slack's side of OAuth, and several workspaces.
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp, type App } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import { installations } from '../../../src/db/schema.ts';
import { slack } from '../../../src/platforms/slack/index.ts';
import { SCOPES } from '../../../src/platforms/slack/manifest.ts';
import { offline, SIGNING_SECRET } from '../../support/bot.ts';
import { useDb } from '../../support/db.ts';
import { havePapers, MONDAY, stoppedClock } from '../../support/factories.ts';
import { slackProblems } from '../../support/slack-contract.ts';
import { startSlackServer, until, type Delivery, type SlackServer } from '../../support/slack-server.ts';
import { BOT } from '../../support/slack-web-api.ts';

const db = useDb();
const KEYS = `k1:${randomBytes(32).toString('base64')}`;
const CLIENT = { SLACK_CLIENT_ID: 'client.id', SLACK_CLIENT_SECRET: 'client-secret', PORT: '0' };
const HTTP = { ...CLIENT, SLACK_SIGNING_SECRET: SIGNING_SECRET };
const SOCKET = { ...CLIENT, SLACK_APP_TOKEN: 'xapp-of-a-test' };

let server: SlackServer;
let clock: ReturnType<typeof stoppedClock>;
let running: App[];
let logged: string[];

beforeEach(async () => {
  clock = stoppedClock(MONDAY);
  server = await startSlackServer({ problemsOf: slackProblems, now: () => clock.now().getTime() });
  server.channels.set('C1', { id: 'C1', name: 'papers', team: 'T1', is_member: true });
  server.channels.set('C2', { id: 'C2', name: 'lesen', team: 'T2', is_member: true });
  server.users.set('U2', { id: 'U2', name: 'ben', team_id: 'T2', tz: 'Europe/Berlin' });
  running = [];
  logged = [];
});
afterEach(async () => {
  for (const app of running) await app.stop();
  await server.stop();
});

interface Process {
  app: App;
  url: string;
}

async function start(env: Record<string, string> = HTTP, keys = KEYS): Promise<Process> {
  const opened = { db: db(), kind: 'postgres' as const, dump: undefined, close: async () => {} };
  const config = { ...readConfig({ ...env, PAPERROUND_KEYS: keys, SLACK_API_URL: server.url }, [slack]), sources: [], spreadSeconds: 0 };
  const write = (data: object, text: string) => void logged.push(`${text} ${JSON.stringify(data)}`);
  const log = { debug: write, info: write, warn: write, error: write };
  const app = await createApp({ config, opened, log, now: clock.now, platforms: [slack], fetch: offline });
  await app.connect(slack);
  const url = (await app.listen())!;
  running.push(app);
  if (env.SLACK_SIGNING_SECRET) server.sendTo({ url: `${url}/slack/events`, signingSecret: SIGNING_SECRET });
  return { app, url };
}

const tokenOf = (team: string, time: number) => `xoxb-${team}-${time}`;

/** Slack's consent page gives a code for this workspace's token. */
function grant(team: string, more: object = {}, time = 1): string {
  const code = `code-${team}-${time}`;
  server.tokens.set(tokenOf(team, time), { ...BOT, team });
  const about = { token_type: 'bot', scope: SCOPES.join(','), bot_user_id: BOT.user, app_id: 'A1', enterprise: null, is_enterprise_install: false };
  server.grants.set(code, { access_token: tokenOf(team, time), ...about, team: { id: team, name: `Team ${team}` }, authed_user: { id: 'U1' }, ...more });
  return code;
}

async function begin(url: string): Promise<{ consent: URL; cookie: string; state: string }> {
  const begun = await fetch(`${url}/slack/install`, { redirect: 'manual' });
  expect(begun.status).toBe(302);
  const consent = new URL(begun.headers.get('location')!);
  return { consent, cookie: begun.headers.get('set-cookie')!.split(';')[0]!, state: consent.searchParams.get('state')! };
}

async function comeBack(url: string, query: Record<string, string>, cookie = ''): Promise<{ status: number; words: string }> {
  const answer = await fetch(`${url}/slack/oauth_redirect?${new URLSearchParams(query).toString()}`, { headers: { cookie } });
  return { status: answer.status, words: await answer.text() };
}

async function install(url: string, team: string, more: object = {}, time = 1) {
  const { cookie, state } = await begin(url);
  return comeBack(url, { code: grant(team, more, time), state }, cookie);
}

const rows = () => db().select().from(installations);
const words = ({ answers }: Delivery) => JSON.stringify(answers);
const T1 = { team: 'T1', channel: 'C1', user: 'U1' };
const T2 = { team: 'T2', channel: 'C2', user: 'U2' };

async function expectList(pattern: RegExp, where = T1): Promise<void> {
  let seen = '';
  for (let tries = 0; !pattern.test(seen) && tries < 40; tries++) seen = words(await server.slash('/roundup', 'list', where));
  expect(seen).toMatch(pattern);
}

describe('installing', () => {
  test('leads to Slack’s consent page with the scopes of the manifest, and back', async () => {
    const { url } = await start();
    const { consent, cookie, state } = await begin(url);
    expect(consent.origin + consent.pathname).toBe('https://slack.com/oauth/v2/authorize');
    expect(consent.searchParams.get('client_id')).toBe('client.id');
    expect(consent.searchParams.get('scope')).toBe(SCOPES.join(','));
    const { status, words: told } = await comeBack(url, { code: grant('T1'), state }, cookie);
    expect([status, told]).toEqual([200, expect.stringContaining('Paperround is installed in Team T1.')]);
    expect(words(await server.slash('/roundup', 'subscribe attention', T1))).toContain('attention');
  });

  test('keeps no token in the clear, in the database or the log', async () => {
    const { url } = await start();
    await install(url, 'T1');
    expect(await rows()).toMatchObject([{ platform: 'slack', workspace: 'T1', installedBy: 'U1', sealed: expect.stringMatching(/^v1\.k1\./) as string }]);
    expect(JSON.stringify(await rows()) + logged.join('\n')).not.toMatch(/xoxb-|client-secret/);
  });

  test.each<[string, (begun: Awaited<ReturnType<typeof begin>>) => { state?: string; cookie?: string }]>([
    ['no state', ({ cookie }) => ({ cookie })],
    ['a state of another browser', ({ state }) => ({ state })],
    ['another state than the browser’s', ({ cookie }) => ({ cookie, state: 'another' })],
    ['a state that somebody else signed', () => ({ state: FORGED, cookie: `slack-app-oauth-state=${FORGED}` })],
  ])('with %s is refused before the code is used', async (_, tamper) => {
    const { url } = await start();
    const { state, cookie } = tamper(await begin(url));
    const { status, words: told } = await comeBack(url, { code: grant('T1'), ...(state ? { state } : {}) }, cookie);
    expect([status, told]).toEqual([400, expect.stringContaining('Begin again at /slack/install.')]);
    expect(server.requests.filter(({ method }) => method === 'oauth.v2.access')).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  test('that the person cancels leaves nothing', async () => {
    const { url } = await start();
    const { state, cookie } = await begin(url);
    expect(await comeBack(url, { error: 'access_denied', state }, cookie)).toEqual({ status: 400, words: 'Nothing was installed, as you chose.\n' });
  });

  test('that Slack refuses says so', async () => {
    const { url } = await start();
    const { state, cookie } = await begin(url);
    expect(await comeBack(url, { code: 'used-up', state }, cookie)).toMatchObject({ status: 502, words: expect.stringContaining('nothing was installed') as string });
  });

  test.each([
    ['a whole organisation', { is_enterprise_install: true, team: null, enterprise: { id: 'E1' } }, 'one workspace at a time'],
    ['an app with token rotation', { refresh_token: 'xoxe-1', expires_in: 43_200 }, 'Token rotation is on'],
    ['an app without a bot', { access_token: undefined, bot_user_id: undefined }, 'no token to post with'],
  ])('%s is refused with words', async (_, more, told) => {
    const { url } = await start();
    const answer = await install(url, 'T1', more);
    expect(answer).toMatchObject({ status: 400, words: expect.stringContaining(told) as string });
    expect(await rows()).toEqual([]);
  });

  test('goes on at another process than it began', async () => {
    const one = await start();
    const other = await start();
    const { cookie, state } = await begin(one.url);
    expect(await comeBack(other.url, { code: grant('T1'), state }, cookie)).toMatchObject({ status: 200 });
    server.sendTo({ url: `${one.url}/slack/events`, signingSecret: SIGNING_SECRET });
    expect(words(await server.slash('/roundup', 'subscribe attention', T1))).toContain('attention');
  });

  test('works beside Socket Mode', async () => {
    const { url } = await start(SOCKET);
    expect(await install(url, 'T1')).toMatchObject({ status: 200 });
    expect(words(await server.slash('/roundup', 'subscribe attention', T1))).toContain('attention');
  });
});

describe('two workspaces', () => {
  let one: Process;
  beforeEach(async () => {
    one = await start();
    await install(one.url, 'T1');
    await install(one.url, 'T2');
    await havePapers(db(), [{ title: 'Attention for robots' }]);
    await server.slash('/roundup', 'subscribe robots', T1);
    await server.slash('/roundup', 'schedule 09:00 UTC daily', T1);
    await server.slash('/roundup', 'subscribe attention', T2);
    await server.slash('/roundup', 'schedule 09:00 UTC daily', T2);
  });

  test('get their roundups from their own bot', async () => {
    clock.moveTo('2026-07-28T09:00:00Z');
    await one.app.tick();
    const parents = server.messages.filter(({ thread_ts: thread }) => !thread);
    expect(parents.map(({ channel, team }) => [channel, team]).sort()).toEqual([['C1', 'T1'], ['C2', 'T2']]);
  });

  test('don’t see each other’s channels', async () => {
    expect(words(await server.slash('/roundup', 'list', { ...T1, team: 'T2' }))).not.toContain('robots');
    expect(words(await server.slash('/roundup', 'list', T1))).toContain('robots');
    expect(await one.app.adapters.get('slack')!.preflight({ platform: 'slack', workspace: 'T2', id: 'C1' })).toMatchObject({ ok: false, code: 'channel_not_found' });
  });

  test('are told apart when somebody of the one presses a button of the other’s in a shared channel', async () => {
    clock.moveTo('2026-07-28T09:00:00Z');
    await one.app.tick();
    const { answers } = await server.press({ action_id: '1:roundup', value: 'roundup list' }, { ...T2, channel: 'C1', message: { team: 'T1' } });
    expect(JSON.stringify(answers)).toContain('robots');
    const refused = await server.press({ action_id: '1:roundup', value: 'roundup pause' }, { ...T2, channel: 'C1', message: { team: 'T1' } });
    await expectList(/^(?!.*paused)/);
    expect(words(refused)).toContain('Only full members of this workspace');
  });

  test('get previews of links from their own bot, and what is pressed there in a shared channel counts in the one that it belongs to', async () => {
    await havePapers(db(), [{ arxivId: '2607.10001', title: 'Sparse attention' }]);
    await server.share(['https://arxiv.org/abs/2607.10001'], T2);
    await server.share(['https://arxiv.org/abs/2607.10001'], T1);
    await until(() => server.unfurls.length === 2, () => logged.join('\n'));
    expect(server.unfurls.map(({ channel }) => channel).sort()).toEqual(['C1', 'C2']);

    const { unfurls } = server.unfurls.find(({ channel }) => channel === 'C1')!;
    const row = (Object.values(unfurls)[0]!.blocks as { block_id: string; elements: { value: string }[] }[]).at(-1)!;
    const saved = await server.press({ ...row.elements[0], block_id: row.block_id }, { ...T2, channel: 'C1', unfurl: 'https://arxiv.org/abs/2607.10001' });
    expect(words(saved)).toContain('Saved: “Sparse attention”.');
    expect(words(await server.slash('/paper', 'saved here', T1))).toContain('Sparse attention');
    expect(words(await server.slash('/paper', 'saved here', T2))).toContain('Nobody has saved a paper');
  });

  test('don’t lose anything when the other takes the app out', async () => {
    server.revoked.add(tokenOf('T1', 1));
    await server.event({ type: 'app_uninstalled' }, { team: 'T1' });
    await expectList(/paused, since[^(]*\(app_uninstalled\)/);
    expect(words(await server.slash('/roundup', 'list', T2))).not.toContain('paused');
    expect(await rows()).toEqual(expect.arrayContaining([expect.objectContaining({ workspace: 'T1', sealed: null, goneCode: 'app_uninstalled' }), expect.objectContaining({ workspace: 'T2', goneCode: null })]));
  });

  test('a person of each is told by the bot of their own', async () => {
    const payload = slack.render({ summary: 'A roundup has stopped, since its channel is archived.', blocks: [] })[0]!;
    await one.app.adapters.get('slack')!.tell!({ workspace: 'T2', person: 'U2' }, payload);
    expect(server.messages.at(-1)).toMatchObject({ channel: 'DU2', team: 'T2' });
  });
});

describe('an installation that ends', () => {
  let bot: Process;
  beforeEach(async () => {
    bot = await start();
    await install(bot.url, 'T1');
    await server.slash('/roundup', 'subscribe robots', T1);
  });
  const uninstall = (at?: Date) => server.event({ type: 'app_uninstalled' }, { team: 'T1', ...(at ? { at } : {}) });

  test('and begins again goes on where it was, and its late word changes nothing', async () => {
    server.revoked.add(tokenOf('T1', 1));
    await uninstall();
    await expectList(/paused, since[^(]*\(app_uninstalled\)/);
    clock.moveTo('2026-07-27T10:00:00Z');
    await install(bot.url, 'T1', {}, 2);
    await expectList(/^(?!.*paused)/);
    await server.event({ type: 'tokens_revoked', tokens: { bot: [BOT.user] } }, { team: 'T1', at: MONDAY });
    await until(() => logged.some((line) => line.includes('older installation')), () => 'not heeded');
    await expectList(/^(?!.*paused)/);
    expect(await rows()).toMatchObject([{ goneAt: null, sealed: expect.any(String) as string }]);
  });

  test('is told by time when Slack can’t be asked', async () => {
    clock.moveTo('2026-07-27T10:00:00Z');
    await install(bot.url, 'T1', {}, 2);
    server.fail('auth.test', { retryAfter: 30 });
    await uninstall(MONDAY);
    await until(() => logged.some((line) => line.includes('older installation')), () => 'not heeded');
    await expectList(/^(?!.*paused)/);
    server.fail('auth.test', { retryAfter: 30 });
    await uninstall(new Date('2026-07-27T11:00:00Z'));
    await expectList(/paused, since[^(]*\(app_uninstalled\)/);
  });

  test('pauses what was to be posted, with what to do', async () => {
    server.revoked.add(tokenOf('T1', 1));
    await uninstall();
    await expectList(/paused, since[^(]*\(app_uninstalled\)/);
    expect(await bot.app.adapters.get('slack')!.preflight({ platform: 'slack', workspace: 'T1', id: 'C1' })).toMatchObject({
      ok: false,
      code: 'not_installed',
      fix: expect.stringContaining('/slack/install') as string,
    });
  });
});

describe.each([
  ['over HTTP', { SLACK_SIGNING_SECRET: SIGNING_SECRET }],
  ['in Socket Mode', { SLACK_APP_TOKEN: 'xapp-of-a-test' }],
])('the one workspace of SLACK_BOT_TOKEN, %s', (_, door) => {
  const one = (token: string) => start({ SLACK_BOT_TOKEN: token, ...door, PORT: '0' });

  test('goes on where it was once a new token is set', async () => {
    const old = await one('xoxb-old');
    await server.slash('/roundup', 'subscribe robots', T1);
    server.revoked.add('xoxb-old');
    await server.event({ type: 'app_uninstalled' });
    await expectList(/paused, since[^(]*\(app_uninstalled\)/);
    await old.app.stop();
    await one('xoxb-new');
    await expectList(/^(?!.*paused)/);
  });

  test('stays as it is after a restart with the same one', async () => {
    const before = await one('xoxb-old');
    await server.slash('/roundup', 'subscribe robots', T1);
    server.revoked.add('xoxb-old');
    await server.event({ type: 'app_uninstalled' });
    await expectList(/paused, since[^(]*\(app_uninstalled\)/);
    await before.app.stop();
    server.revoked.clear();
    await one('xoxb-old');
    expect(words(await server.slash('/roundup', 'list', T1))).toContain('paused, since the app was removed from the workspace (app_uninstalled)');
  });
});

describe('keys', () => {
  const OTHER = `k2:${randomBytes(32).toString('base64')}`;

  test('are asked for where they are missing', () => {
    expect(() => readConfig(HTTP, [slack])).toThrow(/PAPERROUND_KEYS is missing/);
  });

  test('may be changed: the new one before the old, then alone', async () => {
    const { url } = await start();
    await install(url, 'T1');
    await start(HTTP, `${OTHER},${KEYS}`);
    await start(HTTP, OTHER);
    expect(words(await server.slash('/roundup', 'subscribe robots', T1))).toContain('robots');
    expect(await rows()).toMatchObject([{ sealed: expect.stringMatching(/^v1\.k2\./) as string }]);
  });

  test('that don’t open what was sealed keep the bot from starting, and say which is missing', async () => {
    const { url } = await start();
    await install(url, 'T1');
    const refused = await start(HTTP, OTHER).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigError);
    expect((refused as Error).message).toMatch(/lacks the key “k1”.*put it back/);
  });
});

const FORGED = ((): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ installOptions: { scopes: [] }, now: MONDAY.toJSON(), random: 1 })}.${randomBytes(32).toString('base64url')}`;
})();
