// When arXiv announces: its lists come out at 20:00 in New York, each dated the day after.
import { addDays, nextSlot, weekdayOf } from './schedule.ts';

/** https://info.arxiv.org/help/availability.html */
const EVENING = { zone: 'America/New_York', at: '20:00', days: [1, 2, 3, 4, 5, 6, 7] };

/** A list that should be out: its date, and since when. */
export interface ListDue {
  on: string;
  since: Date;
}

/** The latest list that should be out at `at`. Lists are dated Monday to Friday, and not on `holidays` (`YYYY-MM-DD`). */
export function latestList(at: Date, holidays: string[]): ListDue {
  // Until 20:00 today's list is the latest; the next evening is of the same date then, and of tomorrow's from there on.
  let on = nextSlot(EVENING, at).on;
  while (!hasList(on, holidays)) on = addDays(on, -1);
  return { on, since: nextSlot(EVENING, new Date(`${addDays(on, -1)}T12:00:00Z`)).dueAt };
}

/** Whether a list is dated this day. */
function hasList(on: string, holidays: string[]): boolean {
  return weekdayOf(on) <= 5 && !holidays.includes(on);
}

/** Why no list is dated this day, in words; undefined where one is. */
export function noListWhy(on: string, holidays: string[]): string | undefined {
  if (hasList(on, holidays)) return undefined;
  return weekdayOf(on) > 5 ? 'arXiv announces nothing at the weekend' : 'arXiv has a holiday';
}
