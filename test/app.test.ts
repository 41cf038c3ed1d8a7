import { afterEach, expect, test } from 'vitest';
import { createApp, type App } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { silent } from '../src/core/log.ts';
import { useDb } from './support/db.ts';
import { aChannel, havePapers, MONDAY, paperPlatform, stoppedClock } from './support/factories.ts';

const db = useDb();
let app: App;
afterEach(() => app.stop());

async function open(fetchPapers: typeof fetch, config: object = {}) {
  const platform = paperPlatform();
  const opened = { db: db(), kind: 'embedded' as const, dump: undefined, close: async () => {} };
  const clock = stoppedClock(MONDAY);
  app = await createApp({ config: { ...readConfig({ PORT: '0' }, [platform]), ...config }, opened, log: silent, now: clock.now, platforms: [platform], fetch: fetchPapers });
  await app.connect(platform);
  return { platform, clock };
}

test('a source that never answers doesn’t hold a roundup up', async () => {
  const { platform, clock } = await open((_url, init) => new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal!.reason as Error))));
  await havePapers(db(), [{}, {}]);
  await aChannel(db());
  void app.tick();
  await expect.poll(() => platform.posted.length).toBe(2);
  // The source still hasn’t answered a day later; the next roundup comes all the same.
  await havePapers(db(), [{ listedOn: '2026-07-28' }], clock.now());
  clock.moveTo('2026-07-28T09:00:10Z');
  void app.tick();
  await expect.poll(() => platform.posted.length).toBe(4);
});

test('a source of the settings that there isn’t is told at the start', async () => {
  await open(fetch, { sources: [] });
  await expect(open(fetch, { sources: ['arxiv', 'hugingface'] })).rejects.toThrow('there is no live source “hugingface”');
});

test('the web edition is on the one HTTP server, where it has an address', async () => {
  await open(fetch, { sources: [], http: { host: '127.0.0.1', port: 0, metricsToken: undefined, publicUrl: 'https://papers.lab.org', proxies: undefined } });
  await havePapers(db(), [{ title: 'Grippers that feel' }]);
  const url = await app.listen();
  expect(await (await fetch(`${url}/`)).text()).toContain('Grippers that feel');
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
  expect((await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '198.51.100.7' } })).status).toBe(403);
});

test('the HTTP server says that it is alive, and nothing else, where the web edition has no address', async () => {
  await open(fetch, { sources: [] });
  const url = await app.listen();
  expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
  for (const path of ['/', '/secrets', '/feed.atom', '/subscribe', '/papers/week']) expect((await fetch(`${url}${path}`)).status).toBe(404);
  expect((await fetch(`${url}/healthz`, { method: 'POST' })).status).toBe(405);
});
