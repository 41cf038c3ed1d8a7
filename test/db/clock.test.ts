import { expect, test } from 'vitest';
import { databaseTime, followClock } from '../../src/db/clock.ts';
import { useDb } from '../support/db.ts';

const db = useDb();

test('the time is the database’s, however the host’s clock stands', async () => {
  let elapsed = 5_000_000;
  let there = Date.parse('2026-07-27T09:00:00Z');
  const clock = await followClock(
    async () => {
      elapsed += 100; // The question takes a while, the answer as long.
      return new Date((there += 100) - 50);
    },
    () => elapsed,
  );
  expect(clock.now().toISOString()).toBe('2026-07-27T09:00:00.100Z');
  elapsed += 60_000;
  expect(clock.now().toISOString()).toBe('2026-07-27T09:01:00.100Z');
  // The machine slept, or the database's clock was set: the next question tells.
  there = Date.parse('2026-07-27T12:00:00Z');
  await clock.sync();
  expect(clock.now().toISOString()).toBe('2026-07-27T12:00:00.100Z');
});

test('while the database can’t be asked, the time goes on', async () => {
  let elapsed = 0;
  let down = false;
  const clock = await followClock(async () => (down ? Promise.reject(new Error('down')) : new Date('2026-07-27T09:00:00Z')), () => elapsed);
  down = true;
  elapsed = 60_000;
  await expect(clock.sync()).rejects.toThrow('down');
  expect(clock.now().toISOString()).toBe('2026-07-27T09:01:00.000Z');
});

test('a database tells its time', async () => {
  const [before, told, after] = [Date.now(), (await databaseTime(db())).getTime(), Date.now()];
  expect(told).toBeGreaterThan(before - 5_000);
  expect(told).toBeLessThan(after + 5_000);
});
