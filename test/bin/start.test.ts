import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSlackServer, type SlackServer } from '../support/slack-server.ts';
import { dataFolder, json, launch, run, type Running } from './program.ts';

/** Nothing listens there: the sources can't be read. */
let offline: Record<string, string>;

beforeAll(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.close();
  offline = { HF_ENDPOINT: url, ARXIV_API_URL: url };
});

const ready = (bot: Running) => bot.stderr().includes('"ready"');

describe.concurrent('start', () => {
  const folders = { fresh: dataFolder('none'), killed: dataFolder(), web: dataFolder() };
  afterAll(() => Object.values(folders).forEach((folder) => folder.remove()));

  test('shows the papers that ship, answers a pipe, outlives its end, and says which sources it could not read', async () => {
    const bot = launch(folders.fresh.path, ['start'], offline);
    bot.process.stdin.end('/paper attention\nroundup list\n1\n');
    await bot.until(({ stdout }) => /^This channel/m.test(stdout()));
    expect(bot.stdout()).toMatch(/^Trending papers, .*\n\n1\. /m);
    expect(bot.stdout()).toContain('Papers on “attention”');
    expect(bot.stdout()).not.toContain('\u001b');
    await bot.until(ready);

    // Each source is tried for a minute before it is given up for now.
    await bot.until(({ stderr }) => ['huggingface', 'arxiv'].every((name) => stderr().includes(`\n${name} could not be read`)), 200_000);
    expect(bot.process.exitCode).toBeNull();

    bot.process.kill('SIGTERM');
    expect((await bot.ended).status).toBe(0);
  }, 300_000);

  test('shows the same roundup again when it is started again, even after it was killed; a second one on the folder is refused', async () => {
    const data = folders.killed.path;
    const first = launch(data, ['start'], offline);
    await first.until(ready);

    const second = await run(data, ['search', 'attention']);
    expect(second).toMatchObject({ status: 1, stdout: '' });
    expect(second.stderr).toMatch(/Stop that process first, or set DATABASE_URL/);

    first.process.kill('SIGKILL');
    const { stdout } = await first.ended;
    expect(stdout).toMatch(/^Trending papers, /m);

    const again = launch(data, ['start'], offline);
    await again.until(ready);
    again.process.kill('SIGINT');
    const ended = await again.ended;
    expect(ended.status).toBe(0);
    expect(ended.stdout).toBe(stdout);
  });

  test('answers a health check where PORT is set, and JSON to machines', async () => {
    const bot = launch(folders.web.path, ['start', '--json'], { ...offline, PORT: '0' });
    await bot.until(ready);
    const url = /"url":"([^"]+)"/.exec(bot.stderr())![1]!;
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ready: true, platforms: { terminal: { connected: true } } });
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^paperround_ready 1$/m);

    bot.process.stdin.write('/paper attention\n');
    await bot.until(({ stdout }) => stdout().split('\n').length > 2);
    const docs = bot.stdout().trim().split('\n').map((line) => JSON.parse(line) as { title: string });
    expect(docs[1]!.title).toBe('Papers on “attention”');

    bot.process.kill('SIGTERM');
    expect((await bot.ended).status).toBe(0);
  });
});

describe('a signal', () => {
  const folders = [dataFolder(), dataFolder()];
  let slack: SlackServer;
  beforeAll(async () => {
    slack = await startSlackServer();
    const row = JSON.stringify({ id: 'okapi', title: 'Okapi', abstract: 'Half a zebra.', date: new Date().toISOString().slice(0, 10) });
    for (const { path } of folders) await json(path, ['ingest', '--source', 'jsonl', '--file', '-'], { input: row });
  });
  afterAll(async () => {
    await slack.stop();
    folders.forEach((folder) => folder.remove());
  });
  const start = (folder: number, api = slack.url) =>
    launch(folders[folder]!.path, ['start'], { ...offline, SLACK_BOT_TOKEN: 'xoxb-of-a-test', SLACK_APP_TOKEN: 'xapp-of-a-test', SLACK_API_URL: api });
  const posts = () => slack.requests.filter(({ method }) => method === 'chat.postMessage');

  test('lets the message that is under way come to its end; what comes after it is sent by the next process', async () => {
    const way = await slowWay(slack.url);
    const bot = start(0, way.url);
    await bot.until(ready);
    await slack.slash('/roundup', 'subscribe everything');
    await slack.slash('/roundup', 'now');
    await way.postUnderWay;
    bot.process.kill('SIGTERM');
    await bot.until(({ stderr }) => stderr().includes('Stopping'));
    expect(bot.process.exitCode).toBeNull();
    way.letThrough();
    expect((await bot.ended).status).toBe(0);
    expect(slack.messages).toHaveLength(1);

    const next = start(0);
    await next.until(({ stderr }) => stderr().includes('"message sent"'));
    expect(slack.messages[1]).toMatchObject({ thread_ts: slack.messages[0]!.ts });
    expect(posts()).toHaveLength(slack.messages.length);
    // No lease to wait for, and no doubt to clear up.
    expect(slack.requests.filter(({ method }) => method === 'conversations.history')).toEqual([]);
    next.process.kill('SIGTERM');
    expect((await next.ended).status).toBe(0);
    way.close();
  });

  test('that comes twice ends the process at once', async () => {
    const bot = start(1);
    await bot.until(ready);
    await slack.slash('/roundup', 'subscribe everything');
    const before = posts().length;
    slack.fail('chat.postMessage', 'hang');
    await slack.slash('/roundup', 'now');
    await expect.poll(() => posts().length).toBe(before + 1);
    bot.process.kill('SIGTERM');
    await bot.until(({ stderr }) => stderr().includes('Stopping'));
    bot.process.kill('SIGTERM');
    // 128 and the signal's number; waiting for the message would end in 0, or in 1 after ten seconds.
    expect((await bot.ended).status).toBe(143);
  });
});

/** Stands before Slack, and keeps the first post back until it is let through. */
async function slowWay(to: string): Promise<{ url: string; postUnderWay: Promise<unknown>; letThrough(): void; close(): void }> {
  const [here, opened] = [gate(), gate()];
  const server = createHttpServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (request.url === '/chat.postMessage') {
        here.open();
        await opened.passed;
      }
      const headers = { 'content-type': request.headers['content-type'] ?? '', authorization: request.headers.authorization ?? '' };
      const answer = await fetch(new URL(request.url!.slice(1), to), { method: 'POST', headers, body: Buffer.concat(chunks) });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(await answer.text());
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, postUnderWay: here.passed, letThrough: opened.open, close: () => server.close() };
}

function gate(): { passed: Promise<void>; open: () => void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}
