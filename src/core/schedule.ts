// When a channel's roundup is due: wall time in an IANA zone, days of the week, computed in this one place.
import { Temporal } from 'temporal-polyfill';
import { UserError } from './errors.ts';

/** The time, as an argument. */
export type Clock = () => Date;

export interface Schedule {
  /** IANA zone. */
  zone: string;
  /** Wall time, `HH:MM`. */
  at: string;
  /** ISO weekdays, 1 Monday to 7 Sunday, sorted, at least one. */
  days: number[];
}

/** The next slot: the instant, and the local date it belongs to (`YYYY-MM-DD`). */
export interface Slot {
  dueAt: Date;
  on: string;
}

const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_SETS: Record<string, number[]> = {
  daily: [1, 2, 3, 4, 5, 6, 7],
  everyday: [1, 2, 3, 4, 5, 6, 7],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
};

/**
 * The first slot strictly after `after`. Each local date has one: a wall time that comes twice is taken the first time,
 * and one inside a gap of daylight saving as if the clocks had not been changed yet (RFC 5545, 3.3.5), which in
 * Greenland is after midnight and still that date's.
 */
export function nextSlot(schedule: Schedule, after: Date): Slot {
  const dueAt = (on: string) =>
    new Date(Temporal.PlainDate.from(on).toZonedDateTime({ timeZone: schedule.zone, plainTime: schedule.at }).epochMilliseconds);
  // Yesterday's may still be to come: that of a gap at midnight.
  for (let on = addDays(localDate(after, schedule.zone), -1), tried = 0; tried < DATES_TO_TRY; on = addDays(on, 1), tried++) {
    if (!schedule.days.includes(weekdayOf(on))) continue;
    const at = dueAt(on);
    if (at > after && (localDate(at, schedule.zone) === on || at < dueAt(addDays(on, 1)))) return { dueAt: at, on };
  }
  throw new Error(`no next run for ${JSON.stringify(schedule)}`);
}

/** Yesterday, and two weeks: one whose day the zone left out when it crossed the date line, and the next. */
const DATES_TO_TRY = 16;

/**
 * The next slot once a schedule has changed. When today's was still to come and its new hour is over, it comes at
 * once: a change of hour costs nobody the day's roundup. Nor does it bring a second one, if today had its own.
 */
export function movedSlot(schedule: Schedule, now: Date, { pending, hadToday }: { pending: Slot; hadToday: boolean }): Slot {
  const today = localDate(now, schedule.zone);
  const slot = nextSlot(schedule, now);
  if (slot.on === today) return hadToday ? nextSlot(schedule, slot.dueAt) : slot;
  const isLost = pending.on === today && !hadToday && schedule.days.includes(weekdayOf(today));
  return isLost ? { dueAt: now, on: today } : slot;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar date in a zone, `YYYY-MM-DD`. */
export function localDate(at: Date, zone: string): string {
  let format = dateFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    dateFormats.set(zone, format);
  }
  return format.format(at);
}

/** `on` moved by whole days. */
export function addDays(on: string, days: number): string {
  const date = new Date(`${on}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** 1 Monday to 7 Sunday, of a calendar date. */
export function weekdayOf(on: string): number {
  return new Date(`${on}T00:00:00Z`).getUTCDay() || 7;
}

/** True for a calendar date that exists, `YYYY-MM-DD`. */
export function isDate(on: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on)) return false;
  const date = new Date(`${on}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(on);
}

/** `27 July 2026` */
export function dateInWords(on: string): string {
  return IN_WORDS.format(new Date(`${on}T00:00:00Z`));
}

/** `Tuesday` within the six days before `today`, else `14 July`. */
export function dayInWords(on: string, today: string): string {
  return (on > addDays(today, -7) ? WEEKDAY : DAY_AND_MONTH).format(new Date(`${on}T00:00:00Z`));
}

const IN_WORDS = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const DAY_AND_MONTH = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long' });

/**
 * Reads words such as `09:00 Europe/Berlin weekdays`, `at 9 daily`, `7:30pm mon,wed`. What is not said is kept
 * from `current`. Undefined when a word is none of these; throws UserError for a zone that doesn't exist.
 */
export function parseSchedule(words: string, current: Schedule): Schedule | undefined {
  const schedule = { ...current };
  const saidDays = new Set<number>();
  let said = false;
  for (const word of words.split(/\s+/).filter((part) => part && !/^(at|on|in|every|and)$/i.test(part))) {
    const at = parseTime(word);
    const days = parseDays(word);
    if (at) schedule.at = at;
    else if (days) for (const day of days) saidDays.add(day);
    else if (looksLikeZone(word)) schedule.zone = parseZone(word);
    else return undefined;
    said = true;
  }
  if (saidDays.size) schedule.days = [...saidDays].sort();
  return said ? schedule : undefined;
}

/** `weekdays at 09:00, Europe/Berlin` */
export function scheduleInWords(schedule: Schedule): string {
  return `${daysInWords(schedule.days)} at ${schedule.at}, ${schedule.zone}`;
}

/** `weekdays`, `Mondays, Wednesdays` */
export function daysInWords(days: number[]): string {
  const set = Object.entries(DAY_SETS).find(([, all]) => all.join() === days.join())?.[0];
  return set ?? days.map((day) => WEEKDAYS[day - 1]).join(', ');
}

const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

function parseTime(word: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?$/i.exec(word);
  if (!match) return undefined;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const half = match[3]?.toLowerCase();
  if (half && (hour < 1 || hour > 12)) return undefined;
  if (half === 'pm' && hour < 12) hour += 12;
  if (half === 'am' && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) throw new UserError(`There is no time “${word}”. Say it as 09:00 or 9am.`, [], 'time');
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function parseDays(word: string): number[] | undefined {
  const set = DAY_SETS[word.toLowerCase()];
  if (set) return set;
  const days = new Set<number>();
  for (const part of word.toLowerCase().split(',').filter(Boolean)) {
    const [from, to] = part.split('-').map((name) => dayNumber(name));
    if (!from || (part.includes('-') && !to)) return undefined;
    for (let day = from; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === (to ?? from)) break;
    }
  }
  return days.size ? [...days].sort() : undefined;
}

function dayNumber(name: string): number | undefined {
  const full = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const bare = name.replace(/s$/, '');
  const index = DAY_NAMES.findIndex((short, i) => name.startsWith(short) && (full[i]!.startsWith(bare) || full[i] === bare));
  return index < 0 ? undefined : index + 1;
}

function looksLikeZone(word: string): boolean {
  return /^[A-Za-z_]+\/[A-Za-z0-9_+\-/]+$/.test(word) || /^(UTC|GMT|Z)$/i.test(word);
}

/** Whether this is, or is meant for, a time zone's name: `vision/language` is not. */
export function isZone(word: string): boolean {
  if (!looksLikeZone(word)) return false;
  areas ??= new Set(Intl.supportedValuesOf('timeZone').map((zone) => zone.split('/')[0]!.toLowerCase()));
  return !word.includes('/') || areas.has(word.split('/')[0]!.toLowerCase()) || exists(word);
}

let areas: Set<string> | undefined;

function exists(zone: string): boolean {
  try {
    return Boolean(parseZone(zone));
  } catch {
    return false;
  }
}

/** The zone as Intl spells it. Throws UserError for one that doesn't exist. */
export function parseZone(word: string): string {
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: word === 'Z' ? 'UTC' : word }).resolvedOptions().timeZone;
    // Intl may answer with an old name of the same zone (Asia/Calcutta); what the person said is kept when it is an exact name.
    return /^(utc|gmt|z)$/i.test(word) ? 'UTC' : zone.toLowerCase() === word.toLowerCase() ? zone : word;
  } catch {
    throw new UserError(`There is no time zone “${word}”. Use a name such as Europe/Berlin, America/New_York or UTC.`, [], 'zone');
  }
}
