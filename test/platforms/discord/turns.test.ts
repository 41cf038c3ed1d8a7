import { setImmediate as flush } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Budget } from '../../../src/core/platform.ts';
import { TryLater } from '../../../src/core/errors.ts';
import { openTurns } from '../../../src/platforms/discord/turns.ts';

/** Time that passes when everybody waits, and the line that all processes stand in. */
function makeWorld() {
  let time = Date.parse('2026-07-27T09:00:00Z');
  let nextAt = 0;
  const world = { asked: 0, databaseMs: 5, broken: false };
  const timers: { at: number; go: () => void }[] = [];
  const wait = (ms: number) => new Promise<void>((go) => void timers.push({ at: time + ms, go }));
  const now = () => new Date(time);
  const takeTurns = async ({ perSecond }: Budget, count: number) => {
    world.asked++;
    await wait(world.databaseMs);
    if (world.broken) throw new Error('no database');
    const first = Math.max(nextAt, time);
    nextAt = first + Math.round((count * 1_000) / perSecond);
    return new Date(first);
  };
  return Object.assign(world, {
    now,
    process: () => openTurns({ takeTurns, now }, wait),
    wait,
    jump: (ms: number) => void (time += ms),
    /** Lets time pass until nobody waits any more. */
    async run(): Promise<void> {
      for (await flush(); timers.length; await flush()) {
        timers.sort((a, b) => a.at - b.at);
        const { at, go } = timers.shift()!;
        time = Math.max(time, at);
        go();
      }
    },
  });
}

type World = ReturnType<typeof makeWorld>;

/** Asks for `count` turns with at most 64 in hand; each request takes 100 ms once it goes. Returns when they went. */
function spend(world: World, count: number, went: number[]): void {
  const turns = world.process();
  let left = count;
  const one = async () => {
    while (left-- > 0) {
      await turns.next();
      went.push(world.now().getTime());
      await world.wait(100);
    }
  };
  for (let i = 0; i < 64; i++) void one();
}

/** The most that went in any one second. */
function mostInASecond(went: number[]): number {
  const sorted = [...went].sort((a, b) => a - b);
  return Math.max(...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 1_000).length));
}

test.each([1, 2, 4])('%i processes together use the whole pace and never more', async (processes) => {
  const world = makeWorld();
  const went: number[] = [];
  for (let i = 0; i < processes; i++) spend(world, 2_000 / processes, went);
  await world.run();
  const seconds = (Math.max(...went) - Math.min(...went)) / 1_000;
  expect(went).toHaveLength(2_000);
  expect(seconds).toBeLessThan((2_000 / 45) * 1.02);
  expect(mostInASecond(went)).toBeLessThanOrEqual(46);
  // A few times a second, and not once for each.
  expect(world.asked).toBeLessThan(seconds * 5 * processes);
});

test('a process that was held up doesn’t make up for it by a burst', async () => {
  const world = makeWorld();
  const went: number[] = [];
  spend(world, 500, went);
  void world.wait(3_000).then(() => world.jump(700));
  await world.run();
  expect(went).toHaveLength(500);
  expect(mostInASecond(went)).toBeLessThanOrEqual(49);
});

test('what a person waits for goes before the roundups', async () => {
  const world = makeWorld();
  const turns = world.process();
  const order: string[] = [];
  for (let i = 0; i < 40; i++) void turns.next().then(() => order.push('roundup'));
  void world.wait(200).then(() => turns.next('first').then(() => order.push('person')));
  await world.run();
  expect(order).toHaveLength(41);
  expect(order.indexOf('person')).toBeLessThan(12);
});

test('what nobody waits for goes behind the roundups, those that come later too', async () => {
  const world = makeWorld();
  const turns = world.process();
  const order: string[] = [];
  const ask = (what: string, count: number, rank?: 'first' | 'last') => {
    for (let i = 0; i < count; i++) void turns.next(rank).then(() => order.push(what));
  };
  ask('edit', 20, 'last');
  ask('roundup', 20);
  void world.wait(200).then(() => (ask('roundup', 20), ask('person', 1, 'first')));
  await world.run();
  expect(order.lastIndexOf('roundup')).toBeLessThan(order.length - 18);
  expect(order.indexOf('person')).toBeLessThan(15);
  expect(order).toHaveLength(61);
});

test('a clock that jumps back keeps nobody waiting for hours', async () => {
  const world = makeWorld();
  // The line itself begins anew in the database: what this process remembers is at stake.
  const turns = openTurns({ takeTurns: async () => world.now(), now: world.now }, world.wait);
  await Promise.all([turns.next(), turns.next(), world.run()]);
  world.jump(-3 * 3_600_000);
  const asked = world.now().getTime();
  await Promise.all([turns.next(), turns.next(), world.run()]);
  expect(world.now().getTime() - asked).toBeLessThan(1_000);
});

test('without a database there is no turn, and nothing was sent', async () => {
  const world = makeWorld();
  const turns = world.process();
  world.broken = true;
  const failed = Promise.allSettled([turns.next(), turns.next()]);
  await world.run();
  for (const result of await failed) expect((result as PromiseRejectedResult).reason).toBeInstanceOf(TryLater);
  world.broken = false;
  const later = turns.next();
  await world.run();
  await later;
});
