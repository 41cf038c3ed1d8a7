// What a channel read in a week or a month: which days that is, and how it is told.
import { Temporal } from 'temporal-polyfill';
import { note, type Doc } from './doc.ts';
import type { Paper } from './paper.ts';
import { paperRow } from './roundup.ts';
import { addDays, dateInWords, weekdayOf } from './schedule.ts';
import { clip, count, plain } from './text.ts';

export const READINGS = ['weekly', 'monthly'] as const;
export type Reading = (typeof READINGS)[number];

/** So many of a period's papers are told, those that most people read. */
export const MOST_READ = 10;

/** A paper, and how many people of a channel read and saved it. */
export interface ReadPaper {
  paper: Paper;
  readers: number;
  savers: number;
}

/**
 * What was read, and `when`, as `in the last week`; `own`: in somebody's direct messages, where there is nobody else.
 * Nobody is named. `read` may have one more than is told.
 */
export function readingDoc({ title, when, own = false }: { title: string; when: string; own?: boolean }, read: ReadPaper[]): Doc {
  const told = read.slice(0, MOST_READ);
  const papers = count(told.length, 'paper');
  const by = (what: string, people: number) => (people ? [`${what} by ${own ? 'you' : count(people, 'person', 'people')}`] : []);
  return {
    title,
    summary: `${own ? `${papers} that you read or saved here` : `${papers} read or saved in this channel`} ${when}, first “${clip(plain(told[0]!.paper.title), 120)}”.`,
    blocks: [
      ...told.map(({ paper, readers, savers }, i) => paperRow(paper, i + 1, [...by('read', readers), ...by('saved', savers)])),
      ...(read.length > MOST_READ ? [note(`Only the ${MOST_READ} that most people read are shown.`)] : []),
    ],
  };
}

/** The last day of the week, which ends on Sunday, or of the month that a day is in; days are `YYYY-MM-DD`. */
export function periodEnd(reading: Reading, on: string): string {
  if (reading === 'weekly') return addDays(on, 7 - weekdayOf(on));
  const day = Temporal.PlainDate.from(on);
  return day.with({ day: day.daysInMonth }).toString();
}

/** When the period with this last day began and was over in a zone. */
export function periodIn(reading: Reading, end: string, zone: string): { since: Date; until: Date } {
  const startOf = (on: string) => new Date(Temporal.PlainDate.from(on).toZonedDateTime(zone).epochMilliseconds);
  return { since: startOf(periodStart(reading, end)), until: startOf(addDays(end, 1)) };
}

/** `27 July to 2 August 2026`, `July 2026` */
export function periodInWords(reading: Reading, end: string): string {
  if (reading === 'monthly') return dateInWords(end).replace(/^\d+ /, '');
  const [first, last] = [dateInWords(periodStart(reading, end)), dateInWords(end)];
  const [, dayAndMonth, year] = /^(.+) (\d+)$/.exec(first)!;
  return `${last.endsWith(year!) ? dayAndMonth : first} to ${last}`;
}

/**
 * The last days of the periods that were over before `on` and are still to be told, oldest first; `next` is the first of
 * them. What was over more than a month ago is left out.
 */
export function untold(reading: Reading, next: string, on: string): string[] {
  const ends: string[] = [];
  const oldest = addDays(on, -TOLD_DAYS);
  const from = next > oldest ? next : periodEnd(reading, oldest);
  for (let end = from; end < on; end = periodEnd(reading, addDays(end, 1))) ends.push(end);
  return ends;
}

/** No month is longer, so the latest period is always told. */
const TOLD_DAYS = 31;

function periodStart(reading: Reading, end: string): string {
  return reading === 'weekly' ? addDays(end, -6) : `${end.slice(0, 8)}01`;
}
