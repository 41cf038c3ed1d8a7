// A subscription in one line: the topic, and behind it hour, days, zone, size and layout in any order.
import { UserError } from '../../core/errors.ts';
import { LAYOUTS, type Layout } from '../../core/layout.ts';
import { isZone, parseSchedule, parseZone } from '../../core/schedule.ts';
import { readSeen, type Settings } from './form-seen.ts';
import { FIELDS, suggestZones } from './subscribe-form.ts';

export interface OneLine {
  /** In the topic language, or a ready-made topic's name; '' for everything that trends. */
  topic: string;
  /** Words for `parseSchedule`; '' when neither hour, days nor zone were said. */
  when: string;
  /** Papers at the most. */
  size?: number;
  layout?: Layout;
  /** Said in a forum's post: whether it is meant, or the forum. */
  place?: ForumPlace;
  /** Of a form: what it was opened on. */
  seen?: Settings;
}

export type ForumPlace = 'post' | 'forum';

/**
 * Reads `"state space models" -survey at 9 weekdays Europe/Berlin top 5`. A word is the topic's unless it stands at the
 * end among the settings: `learning at scale` is a topic. Behind a line break there are settings only, a line for each
 * field of the form, so that what it was filled with is never read in another way, and last what it was opened on, as
 * `seen WORD`. Throws UserError for something else there, with the field.
 */
export function readLine(said: string): OneLine {
  const [topic = '', ...settings] = said.split('\n');
  const last = /^seen (\S+)$/.exec(settings.at(-1) ?? '')?.[1];
  if (last !== undefined) settings.pop();
  const seen = last === undefined ? undefined : readSeen(last);
  if (settings.length === 0) return tidied(peel(said));
  const lines = settings.map((words, i) => inItsField(words.trim(), FIELDS[i + 1]));
  const line = peel(lines.join(' '));
  const unread = line.topic.trimEnd();
  if (unread) {
    let from = 0;
    const at = lines.findIndex(({ length }) => (from += length + 1) > unread.length);
    throw new UserError(`“${settings[at]}” is not an hour, days, a zone, a size or a layout. Say it like “at 9 weekdays Europe/Berlin top 5 full”.`, [], FIELDS[at + 1]);
  }
  return tidied({ ...line, topic, ...(seen ? { seen } : {}) });
}

// In a field of its own `9` is an hour, and `new york` the one zone that has these words. Throws UserError for none.
function inItsField(words: string, field: string | undefined): string {
  if (!words) return '';
  if (field === 'time') return /^at /i.test(words) ? words : `at ${words}`;
  if (field !== 'zone' || isZone(words)) return words;
  const [only, ...more] = suggestZones(words, 2);
  return only && more.length === 0 ? only : parseZone(words);
}

interface Setting {
  /** How many words it takes. */
  words: number;
  when?: string;
  size?: number;
  layout?: Layout;
  place?: ForumPlace;
  days?: true;
  /** It could be a topic's last word, so it counts only beside a setting that could not. */
  doubtful?: true;
}

// Takes settings off the end while there are some.
function peel(said: string): OneLine {
  const words = [...said.matchAll(WORD)];
  const found: Setting[] = [];
  let left = words.length;
  for (let next = settingAtEnd(words, left); next; next = settingAtEnd(words, left, next)) {
    found.unshift(next);
    left -= next.words;
  }
  if (found.every(({ doubtful }) => doubtful)) return { topic: said, when: '' };
  const { size, layout, place } = Object.assign({}, ...found) as Setting;
  return {
    topic: said.slice(0, words[left]?.index),
    when: found.flatMap(({ when }) => when ?? []).join(' '),
    ...(size === undefined ? {} : { size }),
    ...(layout ? { layout } : {}),
    ...(place ? { place } : {}),
  };
}

/** What stands in quotes is one word, and never a setting. */
const WORD = /(?:["“”„«»][^"“”„«»]*["“”„«»]?|[^\s"“”„«»])+/g;
/** `at 7:30 pm` */
const LONGEST = 3;

function settingAtEnd(words: RegExpExecArray[], end: number, behind?: Setting): Setting | undefined {
  for (let n = Math.min(LONGEST, end); n > 0; n--) {
    const text = words.slice(end - n, end).map(([word]) => word).join(' ').replace(/,$/, ''); // prettier-ignore
    const setting = readSetting(text, behind);
    if (setting) return { words: n, ...setting };
  }
  return undefined;
}

function readSetting(text: string, behind: Setting | undefined): Omit<Setting, 'words'> | undefined {
  const size = /^(?:top|size) (\d{1,4})$/i.exec(text)?.[1];
  if (size) return { size: Number(size) };
  const layout = LAYOUTS.find((one) => one === /^(?:layout )?(\S+)$/i.exec(text)?.[1]?.toLowerCase());
  if (layout) return { layout, ...(/ /.test(text) ? {} : { doubtful: true }) };
  const place = /^in (?:this|the) (forum|post)$/i.exec(text)?.[1];
  if (place) return { place: place.toLowerCase() as ForumPlace };
  if (isTime(text)) return { when: text.replace(/ (?=[ap]m$)/i, '') };
  const [, before = '', word = ''] = /^(?:(on|every|and|in) )?(\S+)$/i.exec(text) ?? [];
  if (isZone(word) && /^(in)?$/i.test(before)) return { when: word, ...(word.includes('/') ? {} : { doubtful: true }) };
  if (/^in$/i.test(before)) return undefined;
  if (/^every day$/i.test(text)) return { when: 'daily', days: true };
  if (!isDays(word)) return undefined;
  // SAT is solved and the sun observed, so these two want a sign that a day is meant.
  if (/^(sat|sun)(urday|day)?$/i.test(word) && !before && !behind?.days) return undefined;
  const sure = /[,-]|s$|^daily$/i.test(word) || /^every$/i.test(before);
  return { when: word, days: true, ...(sure ? {} : { doubtful: true }) };
}

// A bare number is an hour only behind `at`, and only up to 23: `accuracy at 50` is a topic.
function isTime(text: string): boolean {
  const bare = /^at (\d{1,2})$/i.exec(text)?.[1];
  if (bare) return Number(bare) < 24;
  return /^(at )?\d{1,2}(:\d{2}|([:.]\d{2})? ?[ap]m)( ?[ap]m)?$/i.test(text) || /^at \d{1,2}[.h]\d{2}$/i.test(text);
}

function isDays(word: string): boolean {
  return /^[a-z][a-z,-]*$/i.test(word) && !isZone(word) && parseSchedule(word, { zone: 'UTC', at: '09:00', days: [1] }) !== undefined;
}

function tidied({ topic, ...settings }: OneLine): OneLine {
  const bare = topic.trim().replace(/,$/, '').trim();
  return { topic: /^everything$/i.test(bare) ? '' : bare, ...settings };
}
