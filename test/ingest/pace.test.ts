import { describe, expect, test } from 'vitest';
import { openDb, type Db } from '../../src/db/connect.ts';
import { giveBack, takeLease } from '../../src/db/leases.ts';
import { makePace } from '../../src/ingest/pace.ts';
import { openTestDb, useDb } from '../support/db.ts';

/** A clock that moves only when someone waits. */
function makeClock() {
  let at = Date.parse('2026-07-14T12:00:00Z');
  return {
    now: () => new Date(at),
    advance: (ms: number) => void (at += ms),
    wait: async (ms: number) => {
      at += ms;
      // Lets the others have their turn.
      await new Promise((done) => setImmediate(done));
    },
  };
}

function makeWorld(db: Db) {
  const clock = makeClock();
  const requests: { who: string; from: number; to: number }[] = [];
  const started = clock.now().getTime();
  let open = 0;
  let mostOpen = 0;
  const pacer = (who: string, ms: number, on: Db = db) =>
    makePace({
      ...{ db: on, name: 'arxiv', gapMs: 3000, now: clock.now, wait: clock.wait },
      fetch: async () => {
        mostOpen = Math.max(mostOpen, ++open);
        const from = clock.now().getTime() - started;
        await clock.wait(ms);
        open--;
        requests.push({ who, from, to: clock.now().getTime() - started });
        return new Response('body', { status: 200, headers: { etag: '"x"' } });
      },
    });
  const ask = async (pace: ReturnType<typeof pacer>, times: number) => {
    for (let at = 0; at < times; at++) {
      await pace.pace();
      await pace.fetch('http://127.0.0.1/');
    }
  };
  return { clock, pacer, ask, requests, mostOpen: () => mostOpen };
}

describe('requests to a source that wants pauses', () => {
  const db = useDb();

  test('start three seconds apart, the time of the request counted in', async () => {
    const { pacer, ask, requests } = makeWorld(db());
    await ask(pacer('one', 500), 3);
    expect(requests.map(({ from }) => from)).toEqual([0, 3000, 6000]);
  });

  test('wait for a slow answer, and then not any longer', async () => {
    const { pacer, ask, requests } = makeWorld(db());
    await ask(pacer('one', 8000), 2);
    expect(requests[1]!.from - requests[0]!.to).toBeLessThan(100);
  });

  test('of several processes go one at a time and keep the pause between them', async () => {
    const opened = await openTestDb();
    const second = opened.url ? await openDb({ url: opened.url }) : undefined;
    const { pacer, ask, requests, mostOpen } = makeWorld(opened.db);
    await Promise.all([ask(pacer('one', 400), 4), ask(pacer('two', 700, second?.db ?? opened.db), 4)]);
    expect(mostOpen()).toBe(1);
    expect(requests.length).toBe(8);
    const starts = requests.map(({ from }) => from).sort((a, b) => a - b);
    for (const [at, start] of starts.entries()) if (at) expect(start - starts[at - 1]!).toBeGreaterThanOrEqual(3000);
    await second?.close();
    await opened.close();
  });

  test('go on a minute after a process died with the turn in its hand', async () => {
    const { pacer, ask, requests } = makeWorld(db());
    await pacer('dead', 0).pace();
    await ask(pacer('alive', 100), 1);
    expect(requests[0]!.from).toBeGreaterThanOrEqual(60_000);
    expect(requests[0]!.from).toBeLessThan(64_000);
  });

  test('give the turn back when they fail, and when it was taken for nothing', async () => {
    const { clock, ask, pacer, requests } = makeWorld(db());
    const broken = makePace({ db: db(), name: 'arxiv', gapMs: 3000, now: clock.now, wait: clock.wait, fetch: () => Promise.reject(new Error('reset')) });
    await broken.pace();
    await expect(broken.fetch('http://127.0.0.1/')).rejects.toThrow('reset');
    const idle = pacer('idle', 0);
    await idle.pace();
    await ask(idle, 1);
    expect(requests[0]!.from).toBeLessThanOrEqual(6100);
  });

  test('hand over answers as they were', async () => {
    const { pacer } = makeWorld(db());
    const pace = pacer('one', 0);
    await pace.pace();
    const response = await pace.fetch('http://127.0.0.1/');
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([200, '"x"', 'body']);
    const unchanged = makePace({ db: db(), name: 'x', gapMs: 1, now: () => new Date(), wait: async () => {}, fetch: async () => new Response(null, { status: 304 }) });
    expect((await unchanged.fetch('http://127.0.0.1/')).status).toBe(304);
  });
});

describe('a lease', () => {
  const db = useDb();
  const at = (seconds: number) => new Date(Date.parse('2026-07-14T12:00:00Z') + seconds * 1000);

  test('is had by one at a time, until it ends or is given back', async () => {
    expect(await takeLease(db(), 'x', 'ann', at(0), at(60))).toBeUndefined();
    expect(await takeLease(db(), 'x', 'bob', at(59), at(120))).toEqual(at(60));
    expect(await takeLease(db(), 'x', 'ann', at(30), at(90))).toBeUndefined();
    expect(await takeLease(db(), 'x', 'bob', at(90), at(120))).toBeUndefined();
    await giveBack(db(), 'x', 'ann', at(91));
    expect(await takeLease(db(), 'x', 'ann', at(92), at(150))).toEqual(at(120));
    await giveBack(db(), 'x', 'bob', at(93));
    expect(await takeLease(db(), 'x', 'ann', at(93), at(150))).toBeUndefined();
  });

  test('is had by exactly one of many who want it at once', async () => {
    const got = await Promise.all(Array.from({ length: 20 }, (_, who) => takeLease(db(), 'y', `p${who}`, at(0), at(60))));
    expect(got.filter((until) => until === undefined).length).toBe(1);
  });
});
