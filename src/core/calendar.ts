// Weeks and months as addresses name them: `2026-W30`, `2026-07`.
import { addDays, isDate, weekdayOf } from './schedule.ts';

/** Days, both included, `YYYY-MM-DD`. */
export interface Days {
  from: string;
  to: string;
}

/** The ISO week of a day: `2026-W30`. The year is that of its Thursday (ISO 8601). */
export function weekOf(on: string): string {
  const thursday = addDays(on, 4 - weekdayOf(on));
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}

/** Monday to Sunday of an ISO week; undefined for a week that there isn't. */
export function daysOfWeek(week: string): Days | undefined {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  if (!year || year < '0001') return undefined;
  // The fourth of January is always in the first week.
  const fourth = `${year}-01-04`;
  const from = addDays(fourth, 1 - weekdayOf(fourth) + 7 * (Number(number) - 1));
  return isDate(from) && weekOf(from) === week ? { from, to: addDays(from, 6) } : undefined;
}

/** `2026-07` */
export function monthOf(on: string): string {
  return on.slice(0, 7);
}

/** First to last day of a month; undefined for a month that there isn't. */
export function daysOfMonth(month: string): Days | undefined {
  const from = `${month}-01`;
  if (!/^\d{4}-\d{2}$/.test(month) || !isDate(from)) return undefined;
  const inNext = addDays(from, 31);
  return { from, to: addDays(inNext, -Number(inNext.slice(8))) };
}

/** `Monday 27 July 2026` */
export function longDate(on: string): string {
  return LONG.format(at(on)).replace(',', '');
}

/** `20 to 26 July 2026`, `29 June to 5 July 2026` */
export function weekInWords({ from, to }: Days): string {
  const days = from.slice(0, 7) === to.slice(0, 7) ? DAY : from.slice(0, 4) === to.slice(0, 4) ? DAY_AND_MONTH : WHOLE;
  return `${days.format(at(from))} to ${WHOLE.format(at(to))}`;
}

/** `July 2026` */
export function monthInWords({ from }: Days): string {
  return MONTH.format(at(from));
}

function at(on: string): Date {
  return new Date(`${on}T00:00:00Z`);
}

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
const LONG = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const WHOLE = format({ day: 'numeric', month: 'long', year: 'numeric' });
const DAY_AND_MONTH = format({ day: 'numeric', month: 'long' });
const DAY = format({ day: 'numeric' });
const MONTH = format({ month: 'long', year: 'numeric' });
