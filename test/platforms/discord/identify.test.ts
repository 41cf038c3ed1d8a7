import { expect, test } from 'vitest';
import { silent } from '../../../src/core/log.ts';
import { admit, type GatewayInfo } from '../../../src/platforms/discord/identify.ts';
import { stoppedClock } from '../../support/factories.ts';
import { memoryOf } from './bot.ts';

function makeWorld(limit: Partial<GatewayInfo['session_start_limit']> = {}, shards = 1) {
  const clock = stoppedClock();
  const memory = memoryOf();
  const world = { waited: [] as number[], told: [] as string[], broken: false, clock };
  let nextAt = 0;
  const info: GatewayInfo = { shards, session_start_limit: { total: 1_000, remaining: 1_000, reset_after: 86_400_000, max_concurrency: 1, ...limit } };
  const deps = {
    io: {
      memory,
      now: clock.now,
      log: silent,
      takeTurns: async ({ perSecond }: { perSecond: number }) => {
        const first = Math.max(nextAt, clock.now().getTime());
        nextAt = first + 1_000 / perSecond;
        return new Date(first);
      },
    },
    request: async () => {
      if (world.broken) throw new Error('no answer');
      return info;
    },
    onWait: (why: string) => void world.told.push(why),
    wait: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      world.waited.push(ms);
      clock.forward(ms);
    },
  };
  /** A process starts and logs in. */
  const login = (shard = 0, signal = new AbortController().signal) => admit(deps, shard, signal);
  return Object.assign(world, { login });
}

test('a bot that falls over and over logs in ever more seldom, and less than the day allows', async () => {
  const { login, waited, told, clock } = makeWorld();
  const start = clock.now().getTime();
  let logins = 0;
  for (; clock.now().getTime() - start < 86_400_000; logins++) {
    await login();
    clock.forward(1_000);
  }
  expect(waited.slice(0, 6)).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000]);
  expect(logins).toBeLessThan(300);
  expect(told[0]).toBe('3 logins in a row: the next one in 10 s');
});

test('a start now and then is not held up', async () => {
  const { login, waited, clock } = makeWorld();
  for (let i = 0; i < 20; i++) {
    await login();
    clock.forward(11 * 60_000);
  }
  expect(waited).toEqual([]);
});

test('several shards log in one after the other', async () => {
  const { login, waited } = makeWorld({}, 4);
  for (let shard = 0; shard < 4; shard++) await login(shard);
  expect(waited).toEqual([5_500, 5_500, 5_500]);
});

test('when half of the day’s logins are gone, the rest is stretched over the day', async () => {
  const { login, waited } = makeWorld({ remaining: 120, reset_after: 3_600_000 });
  await login();
  await login();
  expect(waited).toEqual([36_000]);
});

test('the last logins are kept until there are new ones', async () => {
  const { login, waited, told } = makeWorld({ remaining: 20, reset_after: 7_200_000 });
  await login();
  expect(waited[0]).toBe(7_200_000);
  expect(told[0]).toContain('only 20 of 1000 logins a day are left, and 20 are kept');
});

test('what can’t be asked holds up no login for long, and one that is no longer wanted ends', async () => {
  const world = makeWorld();
  world.broken = true;
  await world.login();
  expect(world.waited).toEqual([5_500]);
  await expect(world.login(0, AbortSignal.abort())).rejects.toThrow();
});
