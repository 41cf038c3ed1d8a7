import { expect, test } from 'vitest';
import { latestList, noListWhy } from '../../src/core/announcements.ts';

const HOLIDAYS = ['2026-07-03', '2026-11-26'];

// https://info.arxiv.org/help/availability.html: 20:00 in New York, Sunday to Thursday.
test.each([
  // In summer New York is four hours behind, in winter five.
  ['2026-07-28T23:59:00Z', '2026-07-28', '2026-07-28T00:00:00.000Z'],
  ['2026-07-29T00:00:00Z', '2026-07-29', '2026-07-29T00:00:00.000Z'],
  ['2026-01-14T00:59:00Z', '2026-01-13', '2026-01-13T01:00:00.000Z'],
  ['2026-01-14T01:00:00Z', '2026-01-14', '2026-01-14T01:00:00.000Z'],
  // A Saturday and a Sunday have none: Friday's is the latest until Sunday evening.
  ['2026-08-01T12:00:00Z', '2026-07-31', '2026-07-31T00:00:00.000Z'],
  ['2026-08-02T23:59:00Z', '2026-07-31', '2026-07-31T00:00:00.000Z'],
  ['2026-08-03T00:00:00Z', '2026-08-03', '2026-08-03T00:00:00.000Z'],
  // The clocks change on the Sunday morning: the evening's list comes by the new time.
  ['2026-03-09T00:00:00Z', '2026-03-09', '2026-03-09T00:00:00.000Z'],
  ['2026-11-02T00:30:00Z', '2026-10-30', '2026-10-30T00:00:00.000Z'],
  ['2026-11-02T01:00:00Z', '2026-11-02', '2026-11-02T01:00:00.000Z'],
  // Holidays.
  ['2026-07-05T12:00:00Z', '2026-07-02', '2026-07-02T00:00:00.000Z'],
  ['2026-11-26T12:00:00Z', '2026-11-25', '2026-11-25T01:00:00.000Z'],
])('at %s the latest list is that of %s, out since %s', (at, on, since) => {
  const due = latestList(new Date(at), HOLIDAYS);
  expect([due.on, due.since.toISOString()]).toEqual([on, since]);
});

test('a day without a list has its reason', () => {
  expect(noListWhy('2026-08-01', HOLIDAYS)).toBe('arXiv announces nothing at the weekend');
  expect(noListWhy('2026-11-26', HOLIDAYS)).toBe('arXiv has a holiday');
  expect(noListWhy('2026-07-28', HOLIDAYS)).toBeUndefined();
});
