import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { periodEnd, periodIn, periodInWords, READINGS, untold } from '../../src/core/reading.ts';
import { addDays } from '../../src/core/schedule.ts';

describe('a week or month', () => {
  test.each([
    ['weekly', '2026-07-27', '2026-08-02', '27 July to 2 August 2026'],
    ['weekly', '2026-08-02', '2026-08-02', '27 July to 2 August 2026'],
    ['weekly', '2026-12-31', '2027-01-03', '28 December 2026 to 3 January 2027'],
    ['monthly', '2026-07-01', '2026-07-31', 'July 2026'],
    ['monthly', '2028-02-10', '2028-02-29', 'February 2028'],
  ] as const)('%s, %s ends on %s', (reading, on, end, words) => {
    expect(periodEnd(reading, on)).toBe(end);
    expect(periodInWords(reading, end)).toBe(words);
  });

  test('is from midnight to midnight in its zone, an hour less or more where the clocks change', () => {
    expect(periodIn('weekly', '2026-08-02', 'Europe/Berlin')).toEqual({ since: new Date('2026-07-26T22:00:00Z'), until: new Date('2026-08-02T22:00:00Z') });
    expect(periodIn('weekly', '2026-10-25', 'Europe/Berlin')).toEqual({ since: new Date('2026-10-18T22:00:00Z'), until: new Date('2026-10-25T23:00:00Z') });
    // Lebanon's clocks go over midnight: the day begins at one.
    expect(periodIn('monthly', '2026-03-31', 'Asia/Beirut').since).toEqual(new Date('2026-02-28T22:00:00Z'));
    expect(periodIn('weekly', '2026-04-05', 'America/Nuuk').until.getTime() - periodIn('weekly', '2026-04-05', 'America/Nuuk').since.getTime()).toBe(7 * 86_400_000);
  });
});

describe('what is still to be told', () => {
  test.each([
    ['weekly', '2026-07-26', '2026-07-26', []],
    ['weekly', '2026-07-26', '2026-07-27', ['2026-07-26']],
    ['weekly', '2026-07-26', '2026-08-05', ['2026-07-26', '2026-08-02']],
    ['monthly', '2026-07-31', '2026-07-31', []],
    ['monthly', '2026-07-31', '2026-08-03', ['2026-07-31']],
    // Of what was over long ago nobody is told.
    ['weekly', '2025-01-05', '2026-07-27', ['2026-06-28', '2026-07-05', '2026-07-12', '2026-07-19', '2026-07-26']],
  ] as const)('%s, next %s, on %s', (reading, next, on, ends) => {
    expect(untold(reading, next, on)).toEqual(ends);
  });

  test('is each period once, whatever days a channel has its roundups on', () => {
    fc.assert(
      fc.property(fc.constantFrom(...READINGS), fc.integer({ min: 0, max: 4_000 }), fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 5, maxLength: 60 }), (reading, from, gaps) => {
        const first = addDays('2020-01-01', from);
        let next = periodEnd(reading, first);
        const told: string[] = [];
        for (let on = first, i = 0; i < gaps.length; on = addDays(on, gaps[i++]!)) {
          const ends = untold(reading, next, on);
          told.push(...ends);
          if (ends.length) next = periodEnd(reading, addDays(ends.at(-1)!, 1));
        }
        const wanted: string[] = [];
        for (let end = periodEnd(reading, first); wanted.length < told.length; end = periodEnd(reading, addDays(end, 1))) wanted.push(end);
        expect(told).toEqual(wanted);
      }),
    );
  });
});
