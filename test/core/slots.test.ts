// One slot for each local date, whatever the zone, the rules and the clock do, and whenever someone changes the hour.
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { addDays, localDate, movedSlot, nextSlot, weekdayOf, type Schedule, type Slot } from '../../src/core/schedule.ts';
import { slotsOf } from '../../src/delivery/slots.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const ZONES = Intl.supportedValuesOf('timeZone');

/** A channel's schedule and ledger, with the very functions that the tick and `/roundup schedule` use. */
function aLedger(schedule: Schedule, from: Date) {
  const ledger = new Map<string, 'posted' | 'missed'>();
  let pending: Slot = nextSlot(schedule, from);
  const asChannel = () => ({ ...schedule, nextDueAt: pending.dueAt, nextDueOn: pending.on }) as Parameters<typeof slotsOf>[0];
  return {
    ledger,
    pending: () => pending,
    /** Returns what was posted: a slot that is in the ledger stays as it is. */
    tick(now: Date): string[] {
      if (pending.dueAt > now) return [];
      const { post, missed } = slotsOf(asChannel(), now, 6);
      for (const { slot } of missed) if (!ledger.has(slot.on)) ledger.set(slot.on, 'missed');
      pending = nextSlot(schedule, now);
      if (!post || ledger.has(post.on)) return [];
      ledger.set(post.on, 'posted');
      return [post.on];
    },
    change(to: Partial<Schedule>, now: Date) {
      schedule = { ...schedule, ...to };
      pending = movedSlot(schedule, now, { pending, hadToday: ledger.has(localDate(now, schedule.zone)) });
    },
    /** The country changes its clocks: the instant that was worked out before stays. */
    rulesChange(zone: string) {
      schedule = { ...schedule, zone };
    },
  };
}

const wall = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const anyMinute = fc.integer({ min: 0, max: 24 * 60 - 1 }).map(wall);
const anyZone = fc.constantFrom(...ZONES);

function datesBetween(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let on = first; on <= last; on = addDays(on, 1)) dates.push(on);
  return dates;
}

/** The changes of a zone's clocks in these years, each by an instant two days before. */
function changesOf(zone: string, from: string, to: string): number[] {
  const changes: number[] = [];
  const next = (at: Temporal.ZonedDateTime) => at.getTimeZoneTransition('next');
  for (let at = next(Temporal.Instant.from(from).toZonedDateTimeISO(zone)); at && at.epochMilliseconds < Date.parse(to); at = next(at)) changes.push(at.epochMilliseconds - 48 * HOUR);
  return changes;
}

test('around each change of the clocks in every zone, each date has its slot once', () => {
  let changes = 0;
  for (const zone of ZONES) {
    for (const from of changesOf(zone, '2026-01-01T00:00Z', '2027-01-01T00:00Z')) {
      changes++;
      for (const at of ['00:00', '00:30', '01:30', '02:00', '02:30', '03:00', '09:00', '23:30']) {
        const dates: string[] = [];
        for (let slot = nextSlot({ zone, at, days: EVERY_DAY }, new Date(from)); dates.length < 4; slot = nextSlot({ zone, at, days: EVERY_DAY }, slot.dueAt)) dates.push(slot.on);
        expect(dates, `${zone} at ${at}`).toEqual(datesBetween(dates[0]!, dates.at(-1)!));
      }
    }
  }
  // Two in each zone that has summer time: were there none, nothing was tested.
  expect(changes).toBeGreaterThan(150);
});

test.each([
  ['29 February', '2028-02-27T12:00:00Z', ['2028-02-28', '2028-02-29', '2028-03-01']],
  ['no 29 February', '2027-02-27T12:00:00Z', ['2027-02-28', '2027-03-01', '2027-03-02']],
  ['the end of a week 53', '2026-12-30T12:00:00Z', ['2026-12-31', '2027-01-01', '2027-01-02']],
])('over %s, a date after the other', (_name, from, dates) => {
  const channel = aLedger({ zone: 'Europe/Berlin', at: '09:00', days: EVERY_DAY }, new Date(from));
  for (let hour = 0; hour < 3 * 24; hour++) channel.tick(new Date(Date.parse(from) + hour * HOUR));
  expect([...channel.ledger.keys()]).toEqual(dates);
});

test('in a year with 53 weeks, each Thursday has its slot', () => {
  const thursdays: string[] = [];
  for (let slot = nextSlot({ zone: 'UTC', at: '09:00', days: [4] }, new Date('2025-12-31T12:00:00Z')); slot.on < '2027'; slot = nextSlot({ zone: 'UTC', at: '09:00', days: [4] }, slot.dueAt)) thursdays.push(slot.on);
  expect(thursdays).toHaveLength(53);
});

describe('whatever happens in a week', () => {
  const start = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2029-12-01') }).map((ms) => ms - (ms % MINUTE));
  /** Minutes that pass until it happens, and what does. */
  const event = fc.record({
    after: fc.integer({ min: 1, max: 2 * 24 * 60 }),
    what: fc.oneof(
      fc.record({ at: anyMinute }),
      fc.record({ zone: anyZone }),
      fc.record({ rules: anyZone }),
      fc.record({ jump: fc.integer({ min: -12 * 60, max: 12 * 60 }) }),
      fc.record({ down: fc.integer({ min: 1, max: 3 * 24 * 60 }) }),
    ),
  });

  test('no date is posted twice, and each date that was due is in the ledger', () => {
    fc.assert(
      fc.property(anyZone, anyMinute, start, fc.array(event, { minLength: 1, maxLength: 6 }), (zone, at, from, events) => {
        const channel = aLedger({ zone, at, days: EVERY_DAY }, new Date(from));
        const posted: string[] = [];
        let now = from;
        const tick = () => posted.push(...channel.tick(new Date(now)));
        for (const { after, what } of events) {
          // A tick comes each minute; only those at which something is due do anything.
          for (const end = now + after * MINUTE; now < end; now = Math.min(end, Math.max(now + MINUTE, channel.pending().dueAt.getTime()))) tick();
          if ('at' in what) channel.change({ at: what.at }, new Date(now));
          if ('zone' in what) channel.change({ zone: what.zone }, new Date(now));
          if ('rules' in what) channel.rulesChange(what.rules);
          if ('jump' in what) now += what.jump * MINUTE;
          if ('down' in what) now += what.down * MINUTE;
          tick();
          expect(channel.pending().dueAt.getTime()).toBeGreaterThan(now);
        }
        expect(new Set(posted).size).toBe(posted.length);
        expect(posted.every((on) => channel.ledger.get(on) === 'posted')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('a change of hour leaves out no date, and brings none twice', () => {
    const hours = fc.array(fc.record({ after: fc.integer({ min: 1, max: 24 * 60 }), at: anyMinute }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyZone, anyMinute, start, hours, (zone, at, from, changes) => {
        const channel = aLedger({ zone, at, days: EVERY_DAY }, new Date(from));
        let now = from;
        for (const change of [...changes, { after: 2 * 24 * 60, at: '09:00' }]) {
          for (const end = now + change.after * MINUTE; now < end; now = Math.min(end, Math.max(now + MINUTE, channel.pending().dueAt.getTime()))) channel.tick(new Date(now));
          channel.change({ at: change.at }, new Date(now));
          channel.tick(new Date(now));
        }
        const dates = [...channel.ledger.keys()];
        expect(dates).toEqual(datesBetween(dates[0]!, dates.at(-1)!).filter((on) => exists(on, zone)));
        // From the first date that was due until the last that is over.
        expect(dates.at(-1)! >= addDays(localDate(new Date(now), zone), -1)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('a bot that was away for days posts once, and tells of each date that it missed', () => {
    fc.assert(
      fc.property(anyZone, anyMinute, start, fc.integer({ min: 2 * 24, max: 20 * 24 }), (zone, at, from, hoursAway) => {
        const channel = aLedger({ zone, at, days: EVERY_DAY }, new Date(from));
        const first = channel.pending().on;
        const back = new Date(from + hoursAway * HOUR);
        const posted = channel.tick(back);
        expect(posted.length).toBeLessThanOrEqual(1);
        const last = addDays(channel.pending().on, -1);
        expect([...channel.ledger.keys()]).toEqual(datesBetween(first, last).filter((on) => exists(on, zone)));
        expect([...channel.ledger.values()].filter((what) => what === 'posted')).toHaveLength(posted.length);
      }),
      { numRuns: 200 },
    );
  });
});

test('a weekday channel whose day is changed to daily on a Saturday gets that Saturday, if its hour is still to come', () => {
  const saturday = new Date('2026-08-01T08:00:00Z');
  const pending = nextSlot({ zone: 'UTC', at: '09:00', days: [1, 2, 3, 4, 5] }, saturday);
  expect(weekdayOf(pending.on)).toBe(1);
  const moved = (at: string) => movedSlot({ zone: 'UTC', at, days: EVERY_DAY }, saturday, { pending, hadToday: false }).on;
  expect([moved('09:00'), moved('07:00')]).toEqual(['2026-08-01', '2026-08-02']);
});

/** False for a date that a zone left out when it crossed the date line. */
function exists(on: string, zone: string): boolean {
  for (let at = Date.parse(on) - 14 * HOUR; at < Date.parse(on) + 38 * HOUR; at += HOUR / 2) if (localDate(new Date(at), zone) === on) return true;
  return false;
}
