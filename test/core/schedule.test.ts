import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate, nextSlot, parseSchedule, scheduleInWords, type Schedule } from '../../src/core/schedule.ts';

const DAILY: Schedule = { zone: 'Europe/Berlin', at: '09:00', days: [1, 2, 3, 4, 5, 6, 7] };

describe('the next slot', () => {
  const next = (schedule: Partial<Schedule>, after: string) => {
    const { dueAt, on } = nextSlot({ ...DAILY, ...schedule }, new Date(after));
    return [dueAt.toISOString(), on];
  };

  test('is at the wall time of the zone, in summer and in winter', () => {
    expect(next({}, '2026-07-27T00:00:00Z')).toEqual(['2026-07-27T07:00:00.000Z', '2026-07-27']);
    expect(next({}, '2026-12-01T00:00:00Z')).toEqual(['2026-12-01T08:00:00.000Z', '2026-12-01']);
  });

  test('is strictly after the moment that is asked about', () => {
    expect(next({}, '2026-07-27T07:00:00Z')[1]).toBe('2026-07-28');
  });

  test('leaves out the days that are not wanted', () => {
    expect(next({ days: [1, 2, 3, 4, 5] }, '2026-07-24T12:00:00Z')[1]).toBe('2026-07-27');
    expect(next({ days: [7] }, '2026-07-24T12:00:00Z')[1]).toBe('2026-07-26');
  });

  test('in a gap of daylight saving is as if the clocks had not changed yet', () => {
    expect(next({ at: '02:30' }, '2026-03-28T12:00:00Z')).toEqual(['2026-03-29T01:30:00.000Z', '2026-03-29']);
    expect(next({ at: '00:00', zone: 'Africa/Cairo' }, '2026-04-23T12:00:00Z')[1]).toBe('2026-04-24');
    // This gap goes over midnight: the slot is still Saturday's.
    expect(next({ at: '23:30', zone: 'America/Nuuk' }, '2026-03-28T12:00:00Z')).toEqual(['2026-03-29T01:30:00.000Z', '2026-03-28']);
  });

  test('comes once on a day that has its hour twice', () => {
    const first = nextSlot({ ...DAILY, at: '02:30' }, new Date('2026-10-24T12:00:00Z'));
    const second = nextSlot({ ...DAILY, at: '02:30' }, first.dueAt);
    expect([first.on, second.on]).toEqual(['2026-10-25', '2026-10-26']);
  });

  test('gives every local date exactly one slot, in every zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const start = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') });
    fc.assert(
      fc.property(zones, minute, start, (zone, at, from) => {
        const schedule = { ...DAILY, zone, at: `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}` };
        let slot = nextSlot(schedule, new Date(from));
        for (let i = 0; i < 5; i++) {
          const following = nextSlot(schedule, slot.dueAt);
          const days = (Date.parse(following.on) - Date.parse(slot.on)) / 86_400_000;
          // A zone that crosses the date line leaves a whole day out; no other day is missed, and none comes twice.
          if (days !== 1) expect([days, localDate(new Date(slot.dueAt.getTime() + 86_400_000), zone)]).not.toEqual([2, slot.on]);
          expect(days).toBeGreaterThanOrEqual(1);
          slot = following;
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a schedule in words', () => {
  const read = (words: string) => {
    const schedule = parseSchedule(words, DAILY);
    return schedule && scheduleInWords(schedule);
  };

  test.each([
    ['09:00 Europe/Berlin weekdays', 'weekdays at 09:00, Europe/Berlin'],
    ['at 9 daily', 'daily at 09:00, Europe/Berlin'],
    ['7:30pm', 'daily at 19:30, Europe/Berlin'],
    ['12am', 'daily at 00:00, Europe/Berlin'],
    ['mon,wed 18.15 UTC', 'Mondays, Wednesdays at 18:15, UTC'],
    ['mon and wed at 9', 'Mondays, Wednesdays at 09:00, Europe/Berlin'],
    ['weekdays and sundays', 'Mondays, Tuesdays, Wednesdays, Thursdays, Fridays, Sundays at 09:00, Europe/Berlin'],
    ['mon-thu', 'Mondays, Tuesdays, Wednesdays, Thursdays at 09:00, Europe/Berlin'],
    ['sat-mon', 'Mondays, Saturdays, Sundays at 09:00, Europe/Berlin'],
    ['on tuesdays at 8 america/new_york', 'Tuesdays at 08:00, America/New_York'],
  ])('“%s” is %s', (words, expected) => {
    expect(read(words)).toBe(expected);
  });

  test.each(['tomorrow', 'weekdays at noonish', '', 'mo-', '09:00 and then'])('“%s” is not understood', (words) => {
    expect(read(words)).toBeUndefined();
  });

  test.each([
    ['25:00', 'no time “25:00”'],
    ['9 Europe/Belin', 'no time zone “Europe/Belin”'],
  ])('“%s” is told what is wrong', (words, problem) => {
    expect(() => read(words)).toThrow(problem);
  });
});
