import { setImmediate as flush } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Budget } from '../../../src/core/platform.ts';
import { TryLater } from '../../../src/core/errors.ts';
import { silent } from '../../../src/core/log.ts';
import { openBrake } from '../../../src/platforms/discord/brake.ts';
import { CHANNEL } from '../../support/discord-server.ts';
import { stoppedClock } from '../../support/factories.ts';
import { messageOf, startBot } from './bot.ts';

function makeWorld() {
  const clock = stoppedClock();
  let nextAt = 0;
  const takeTurns = async ({ perSecond }: Budget, count: number) => {
    const first = Math.max(nextAt, clock.now().getTime());
    nextAt = first + (count * 1_000) / perSecond;
    return new Date(first);
  };
  return { clock, process: () => openBrake({ takeTurns, now: clock.now, log: silent }) };
}

test('a bot that is refused everything stays far below what gets it shut out', async () => {
  const { clock, process } = makeWorld();
  const processes = [process(), process()];
  const refused: number[] = [];
  for (let second = 0; second < 3_600; second++) {
    for (let i = 0; i < 45; i++) {
      const brake = processes[i % 2]!;
      try {
        brake.check();
      } catch (error) {
        expect(error).toBeInstanceOf(TryLater);
        continue;
      }
      brake.note(403, null);
      refused.push(clock.now().getTime());
    }
    await flush();
    clock.forward(1_000);
  }
  const inTenMinutes = refused.map((from, i) => refused.slice(i).findIndex((at) => at >= from + 600_000)).filter((n) => n >= 0);
  expect(Math.max(...inTenMinutes)).toBeLessThan(5_500);
  // It goes on trying, so that it notices when all is well again.
  expect(refused.length).toBeGreaterThan(10_000);
});

test('answers that Discord doesn’t count are not counted', async () => {
  const { process } = makeWorld();
  const brake = process();
  for (let i = 0; i < 5_000; i++) {
    brake.note(200, null);
    brake.note(404, null);
    brake.note(429, 'shared');
  }
  await flush();
  expect(() => brake.check()).not.toThrow();
});

test('refused posts are counted, and then nothing is sent until Discord would take it', async () => {
  const clock = stoppedClock();
  const counted: Budget[] = [];
  const takeTurns = async (budget: Budget) => {
    if (budget.name !== 'invalid') return clock.now();
    counted.push(budget);
    return new Date(clock.now().getTime() + 600_000);
  };
  const { server, adapter, logged } = await startBot({ takeTurns, now: clock.now });
  server.deny(CHANNEL, 'SendMessages');
  await expect(adapter.post(messageOf())).rejects.toThrow();
  await server.until(() => logged.some(({ text }) => text.startsWith('too many requests')), 'it was not said');
  server.deny(CHANNEL);
  const before = server.requests.length;
  await expect(adapter.post(messageOf())).rejects.toBeInstanceOf(TryLater);
  expect(server.requests.length).toBe(before);
  clock.forward(600_000);
  await adapter.post(messageOf());
  expect(counted).toHaveLength(1);
});
