import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFolder, launch, run, type Running } from './program.ts';

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

    const asked = Date.now();
    bot.process.kill('SIGTERM');
    expect((await bot.ended).status).toBe(0);
    expect(Date.now() - asked).toBeLessThan(5_000);
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

    bot.process.stdin.write('/paper attention\n');
    await bot.until(({ stdout }) => stdout().split('\n').length > 2);
    const docs = bot.stdout().trim().split('\n').map((line) => JSON.parse(line) as { title: string });
    expect(docs[1]!.title).toBe('Papers on “attention”');

    bot.process.kill('SIGTERM');
    expect((await bot.ended).status).toBe(0);
  });
});
