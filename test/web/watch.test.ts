// What a supervisor and a Prometheus see, over HTTP.
import { afterEach, describe, expect, test } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { ConnectionState } from '../../src/core/platform.ts';
import { OutcomeUnknown, TryLater } from '../../src/core/errors.ts';
import { silent } from '../../src/core/log.ts';
import { pauseChannel } from '../../src/db/channels.ts';
import type { Db } from '../../src/db/connect.ts';
import { writeWaiting } from '../../src/db/roundups.ts';
import { isLocal } from '../../src/web/metrics.ts';
import { watchReadiness, type Readiness } from '../../src/web/ready.ts';
import { useDb } from '../support/db.ts';
import { aChannel, aPerson, havePapers, MONDAY, paperPlatform, PLACE, stoppedClock } from '../support/factories.ts';

const db = useDb();
let app: App;
afterEach(() => app.stop());

async function open(env: Record<string, string> = { PORT: '0' }) {
  const platform = paperPlatform();
  const clock = stoppedClock(MONDAY);
  const opened = { db: db(), kind: 'embedded' as const, dump: undefined, close: async () => {} };
  const config = { ...readConfig(env, [platform]), sources: [], spreadSeconds: 0 };
  app = await createApp({ config, opened, log: silent, now: clock.now, platforms: [platform], fetch });
  await app.connect(platform);
  const url = await app.listen();
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers });
  const ready = async () => {
    const response = await get('/readyz');
    const body = (await response.json()) as Readiness;
    expect(response.status).toBe(body.ready ? 200 : 503);
    return body;
  };
  return { platform, clock, get, ready, url };
}

describe('/readyz', () => {
  test('is content when what was due was sent, and tells when that was', async () => {
    const { ready } = await open();
    await havePapers(db(), [{}]);
    await aChannel(db());
    await app.tick();
    expect(await ready()).toMatchObject({
      ready: true,
      reasons: [],
      database: true,
      platforms: { paper: { connected: true } },
      delivery: { lastSentAt: MONDAY.toISOString(), pending: { messages: 0 }, overdue: { slots: 0 } },
    });
  });

  test('fails when no tick deals with a slot that is due, until one does', async () => {
    const { ready, clock } = await open();
    await havePapers(db(), [{}]);
    await aChannel(db());
    clock.moveTo('2026-07-27T09:09:00Z');
    expect((await ready()).ready).toBe(true);
    clock.moveTo('2026-07-27T09:10:00Z');
    expect((await ready()).reasons).toEqual(['1 slot overdue; the oldest was due at 2026-07-27T09:00:00.000Z.']);
    await app.tick();
    expect((await ready()).ready).toBe(true);
  });

  test('gives a slot that waits for its sources its half hour', async () => {
    const { ready, clock } = await open();
    await aChannel(db());
    await writeWaiting(db(), ['paper'], { since: new Date('2026-07-27T08:30:00Z'), now: clock.now() }, 'waiting for arXiv');
    clock.moveTo('2026-07-27T09:39:00Z');
    expect((await ready()).ready).toBe(true);
    clock.moveTo('2026-07-27T09:40:00Z');
    expect((await ready()).delivery!.overdue).toEqual({ slots: 1, since: '2026-07-27T09:00:00.000Z' });
  });

  test('fails when messages are kept waiting, however often they are tried; not for a channel that somebody paused', async () => {
    const { ready, clock, platform } = await open();
    await havePapers(db(), [{}]);
    const channel = await aChannel(db());
    platform.adapter.post = () => Promise.reject(new TryLater(60_000, 'ratelimited'));
    for (let minute = 0; minute <= 41; minute++) {
      await app.tick();
      if (minute === 39) expect(await ready()).toMatchObject({ ready: true, delivery: { pending: { messages: 2, since: MONDAY.toISOString() } } });
      clock.forward(60_000);
    }
    expect((await ready()).delivery!.overdue.slots).toBe(1);
    await pauseChannel(db(), channel, 'by Ana');
    expect(await ready()).toMatchObject({ ready: true, delivery: { pending: { messages: 0 } } });
  });

  test('fails when a connection stays away for a minute, and is content when it comes back', async () => {
    const { ready, clock, platform } = await open();
    const state: ConnectionState = { connected: true, lastEventAt: MONDAY };
    platform.adapter.state = () => state;
    expect((await ready()).platforms.paper).toEqual({ connected: true, lastEventAt: MONDAY.toISOString() });
    state.connected = false;
    // The tick looks, too: who asks rarely learns it no later.
    await app.tick();
    clock.forward(59_000);
    expect(await ready()).toMatchObject({ ready: true, platforms: { paper: { connected: false } } });
    clock.forward(1_000);
    expect((await ready()).reasons).toEqual([`paper has not been connected since ${MONDAY.toISOString()}.`]);
    state.connected = true;
    expect((await ready()).ready).toBe(true);
    state.connected = false;
    expect((await ready()).ready).toBe(true);
  });

  test('counts a platform that was never reached as away, and fails while the bot stops or the database is away', async () => {
    await open();
    const clock = stoppedClock(MONDAY);
    const deps = { db: db(), log: silent, now: clock.now, platforms: ['slack'], adapters: new Map(), stopping: () => false };
    const look = watchReadiness(deps);
    expect((await look()).ready).toBe(true);
    clock.forward(60_000);
    expect((await look()).reasons).toEqual([`slack has not been connected since ${MONDAY.toISOString()}.`]);
    expect((await watchReadiness({ ...deps, stopping: () => true })()).reasons).toEqual(['It is stopping.']);
    const broken = { execute: () => Promise.reject(new Error('connect ECONNREFUSED db.internal')) } as unknown as Db;
    const away = await watchReadiness({ ...deps, db: broken })();
    expect(away).toMatchObject({ ready: false, database: false, reasons: ['The database can’t be asked: see the log.'] });
    expect(JSON.stringify(away)).not.toContain('db.internal');
  });

  test('says nothing of channels or workspaces by name', async () => {
    const { get, clock } = await open();
    await aChannel(db());
    clock.forward(3_600_000);
    expect(await (await get('/readyz')).text()).not.toMatch(/W1|C1|reading/);
  });
});

describe('/metrics', () => {
  const line = (words: string, start: string) => words.split('\n').find((one) => one.startsWith(`${start} `));

  test('counts messages by outcome, how late they were, answers, and what waits', async () => {
    const { get, platform, clock } = await open();
    await havePapers(db(), [{}]);
    await aChannel(db());
    await app.tick();
    await app.handle({ command: 'roundup', text: 'status', channel: PLACE, person: aPerson() });
    await app.handle({ command: 'nonsense-of-a-stranger', text: '', channel: PLACE, person: aPerson() });
    platform.adapter.post = () => Promise.reject(new OutcomeUnknown('timeout'));
    await havePapers(db(), [{ listedOn: '2026-07-28' }], new Date('2026-07-28T08:00:00Z'));
    clock.moveTo('2026-07-28T09:00:30Z');
    await app.tick();
    clock.forward(20_000);
    await app.send();
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const words = await response.text();
    expect(line(words, 'paperround_messages_total{platform="paper",outcome="sent"}')).toMatch(/ 2$/);
    expect(line(words, 'paperround_messages_total{platform="paper",outcome="in_doubt"}')).toMatch(/ 1$/);
    expect(line(words, 'paperround_delivery_delay_seconds_bucket{le="30",platform="paper"}')).toMatch(/ 2$/);
    expect(line(words, 'paperround_delivery_delay_seconds_bucket{le="15",platform="paper"}')).toMatch(/ 0$/);
    expect(line(words, 'paperround_answer_seconds_count{command="roundup"}')).toMatch(/ 1$/);
    expect(words).not.toContain('nonsense-of-a-stranger');
    expect(line(words, 'paperround_tick_seconds_count')).toMatch(/ 2$/);
    expect(line(words, 'paperround_connected{platform="paper"}')).toMatch(/ 1$/);
    expect(line(words, 'paperround_ready')).toMatch(/ 1$/);
    expect(line(words, 'paperround_pending_messages')).toMatch(/ 0$/);
    expect(line(words, 'paperround_last_delivery_age_seconds')).toMatch(/ 86420$/);
    expect(words).toContain('process_resident_memory_bytes');
    expect(words).not.toMatch(/W1|C1|reading/);
  });

  test('are for this machine alone, and a proxy on it is not believed', async () => {
    const { get } = await open();
    expect((await get('/metrics')).status).toBe(200);
    expect((await get('/metrics', { 'x-forwarded-for': '127.0.0.1' })).status).toBe(403);
    expect((await get('/metrics', { forwarded: 'for=127.0.0.1', authorization: 'Bearer undefined' })).status).toBe(403);
  });

  test('are for others who have the token', async () => {
    const { get } = await open({ PORT: '0', METRICS_TOKEN: 'an-open-secret' });
    const far = { 'x-forwarded-for': '203.0.113.7' };
    expect((await get('/metrics', far)).status).toBe(401);
    for (const wrong of ['Bearer an-open-secre', 'Bearer an-open-secret2', 'Basic an-open-secret', 'an-open-secret', 'Bearer ']) {
      const refused = await get('/metrics', { ...far, authorization: wrong });
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await refused.text()).toBe('');
    }
    expect((await get('/metrics', { ...far, authorization: 'Bearer an-open-secret' })).status).toBe(200);
  });

  test.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['172.17.0.1', false],
    [undefined, false],
  ])('a peer at %s is of this machine: %s', (remoteAddress, expected) => {
    expect(isLocal({ socket: { remoteAddress }, headers: {} })).toBe(expected);
  });
});

test('there is no HTTP server when no port is set and no platform needs one', async () => {
  expect((await open({})).url).toBeUndefined();
});
