// Days of a zone as instants.
import { Temporal } from 'temporal-polyfill';
import { addDays, localDate } from './schedule.ts';

/** When each of the last `count` local dates began, oldest first; the last one is today's. */
export function dayStarts(now: Date, zone: string, count: number): Date[] {
  const today = localDate(now, zone);
  return Array.from({ length: count }, (_, i) => {
    const start = Temporal.PlainDate.from(addDays(today, i - count + 1)).toZonedDateTime({ timeZone: zone });
    return new Date(start.epochMilliseconds);
  });
}
