// What a form was opened on: of two people who have one open at once, neither undoes unseen what the other has set.
import { UserError } from '../../core/errors.ts';
import { LAYOUTS } from '../../core/layout.ts';
import { daysInWords } from '../../core/schedule.ts';
import { count, listed } from '../../core/text.ts';
import type { Channel } from '../../db/channels.ts';

export type Settings = Pick<Channel, 'at' | 'zone' | 'days' | 'size' | 'layout'>;

/** `09:00,Europe/Berlin,12345,10,compact`, one word of 60 bytes at the most: a button of the form carries it. */
export function writeSeen({ at, zone, days, size, layout }: Settings): string {
  return [at, zone, days.join(''), size, layout].join();
}

/** Undefined for what isn't one, such as another version's. */
export function readSeen(word: string): Settings | undefined {
  const [, at, zone, days, size, layout] = /^(\d\d:\d\d),([^\s,]+),([1-7]+),(\d+),([a-z]+)$/.exec(word) ?? [];
  const known = LAYOUTS.find((one) => one === layout);
  return known && { at: at!, zone: zone!, days: [...days!].map(Number), size: Number(size), layout: known };
}

/**
 * Of what a form says, what is to be set: what its sender left as it was isn't, and stays what somebody else has made it
 * since. Throws UserError, with the form's field, where both have set the same in two ways: told of that, the sender
 * decides. What the form was opened on then counts as `seen` by them, so that it is done when they send it again.
 */
export function setSince(seen: Settings, filled: Partial<Settings>, now: Settings): Partial<Settings> {
  const mine = NAMES.filter((name) => filled[name] !== undefined && !same(filled, seen, name));
  const both = mine.filter((name) => !same(now, seen, name) && !same(filled, now, name));
  const [first] = both;
  if (!first) return pick(filled, mine);
  throw new UserError(`Since this form was opened, ${setInWords(both, now)}. Nothing is changed yet: send the form to have it your way.`, [], FIELD[first], writeSeen({ ...seen, ...pick(now, both) }));
}

const NAMES = ['at', 'zone', 'days', 'size', 'layout'] as const;
type Name = (typeof NAMES)[number];

const FIELD: Record<Name, string> = { at: 'time', zone: 'zone', days: 'days', size: 'size', layout: 'layout' };

const LABELS: Record<Name, string> = { at: 'time', zone: 'time zone', days: 'days', size: 'size', layout: 'layout' };

/** `the time was set to 08:00 and the size to 5 papers` */
function setInWords(names: Name[], now: Settings): string {
  const words: Record<Name, string> = { ...now, days: daysInWords(now.days), size: count(now.size, 'paper') };
  return listed(names.map((name, i) => `the ${LABELS[name]}${i > 0 ? '' : name === 'days' ? ' were set' : ' was set'} to ${words[name]}`));
}

function same(one: Partial<Settings>, other: Partial<Settings>, name: Name): boolean {
  return String(one[name]) === String(other[name]);
}

function pick(settings: Partial<Settings>, names: Name[]): Partial<Settings> {
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}
