import type { Choice, Form } from '../../core/form.ts';
import type { Layout } from '../../core/layout.ts';
import type { Schedule } from '../../core/schedule.ts';
import { clip, listed } from '../../core/text.ts';
import { nameOf, type Channel } from '../../db/channels.ts';
import { topicLabel, type FollowedTopic } from '../../db/topics.ts';
import { writeSeen } from './form-seen.ts';

/** The form's fields, in order. */
export const FIELDS = ['topic', 'time', 'zone', 'days', 'size', 'layout'] as const;

const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'].map((label): Choice => ({ label, value: label.toLowerCase() }));
const LAYOUTS: Choice[] = [
  { label: 'Compact: one line a paper, abstracts in the thread', value: 'layout compact' },
  { label: 'Full: with the abstracts in short', value: 'layout full' },
  { label: 'One message a paper', value: 'layout each' },
];
const PLACES: Choice[] = [
  { label: 'The whole forum: each roundup is a post', value: 'in this forum' },
  { label: 'This post alone', value: 'in this post' },
];
const SIZES = [3, 5, 10, 15, 20, 25];
/** One zone or two for each hour of the day in which many people live, from west to east. */
const ZONES = [
  'Pacific/Honolulu', 'America/Los_Angeles', 'America/Denver', 'America/Chicago', 'America/New_York', 'America/Halifax', 'America/Sao_Paulo',
  'UTC', 'Europe/London', 'Europe/Paris', 'Europe/Berlin', 'Africa/Johannesburg', 'Europe/Athens', 'Africa/Nairobi', 'Europe/Istanbul',
  'Asia/Dubai', 'Asia/Kolkata', 'Asia/Jakarta', 'Asia/Singapore', 'Asia/Shanghai', 'Asia/Seoul', 'Asia/Tokyo', 'Australia/Sydney', 'Pacific/Auckland',
]; // prettier-ignore

export interface FormStart extends Schedule {
  size: number;
  layout?: Layout;
  /** The ready-made ones. */
  topics: { name: string; about: string }[];
  now: Date;
  /** In a forum's post, while nobody has said whether it is meant or the whole forum. */
  asksPlace?: boolean;
  /** For somebody's own digest. */
  own?: boolean;
}

/** `/roundup subscribe` to be filled in, with what the channel has now, or would have. */
export function subscribeForm(start: FormStart, followed: FollowedTopic[]): Form {
  const lead = followed.length ? { lead: followsInWords(start.own ? 'Your digest' : 'This channel', followed, start.own) } : {};
  const empty = followed.length ? 'No further topic' : 'Everything that trends';
  return { title: start.own ? OWN : 'Subscribe this channel', ...lead, submit: 'Subscribe', command: 'roundup', verb: 'subscribe', fields: fieldsOf(start, 'Topic', empty), seen: seenIn(start) };
}

/** `/roundup change` to be filled in, with what the channel has now. */
export function changeForm(start: FormStart & Pick<Channel, 'name' | 'externalId'>, followed: FollowedTopic[]): Form {
  const empty = followed.length ? 'No further topic' : 'Everything that trends, as now';
  return { title: start.own ? OWN : 'Change the roundup', lead: followsInWords(start.own ? 'Your digest' : nameOf(start), followed, start.own), submit: 'Change', command: 'roundup', verb: 'change', fields: fieldsOf(start, 'Add a topic', empty), seen: seenIn(start) };
}

function seenIn({ layout = 'compact', ...start }: FormStart): string {
  return writeSeen({ ...start, layout });
}

function readyTopics(topics: FormStart['topics']): Choice[] {
  const choices = topics.map(({ name, about }) => ({ label: name, value: name, about }));
  return choices.sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** Zones whose name has these words: `new yo` finds America/New_York. Without a word, those in which many live. */
export function suggestZones(typed: string, most: number): string[] {
  if (!typed.trim()) return ZONES.slice(0, most);
  const words = typed.toLowerCase().split(/[\s_]+/);
  const zones = ['UTC', ...RENAMED, ...Intl.supportedValuesOf('timeZone')];
  return zones.filter((zone) => words.every((word) => zone.toLowerCase().includes(word))).slice(0, most);
}

/** Intl's list has one name of each zone, and of these a former one. */
const RENAMED = ['Asia/Ho_Chi_Minh', 'Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Yangon', 'Europe/Kyiv'];

const OWN = 'Your own digest';

function followsInWords(name: string, topics: FollowedTopic[], own = false): string {
  if (topics.length === 0) return `${name} gets everything that trends; a topic narrows it.`;
  return `${name} follows ${listed(topics.map((topic) => clip(topicLabel(topic), 60)))}. /roundup${own ? ' me' : ''} unsubscribe takes a topic away.`;
}

function fieldsOf({ zone, at, days, size, layout = 'compact', topics, now, asksPlace = false }: FormStart, topic: string, empty: string): Form['fields'] {
  const sizes = [...new Set([...SIZES, size])].sort((a, b) => a - b);
  return [
    { kind: 'search', name: 'topic', label: topic, hint: 'Words, “phrases”, -without, cat:cs.CL, author:"Ada Lovelace"', empty, free: true, ready: readyTopics(topics) },
    { kind: 'time', name: 'time', label: 'Time', hint: 'Such as 09:30 or 7:30 pm', value: at },
    { kind: 'search', name: 'zone', label: 'Time zone', hint: 'A city or a zone: new york, Europe/Berlin', value: zone, ready: ZONES.map((value) => ({ label: value, value, about: `It is ${timeIn(value, now)} there` })) },
    { kind: 'some', name: 'days', label: 'Days', choices: DAYS, values: days.map((day) => DAYS[day - 1]!.value) },
    { kind: 'one', name: 'size', label: 'Papers at the most', choices: sizes.map((n) => ({ label: String(n), value: `top ${n}` })), value: `top ${size}` },
    { kind: 'one', name: 'layout', label: 'Layout', choices: LAYOUTS, value: `layout ${layout}` },
    ...(asksPlace ? [{ kind: 'one' as const, name: 'place', label: 'Where', choices: PLACES, value: PLACES[0]!.value }] : []),
  ];
}

function timeIn(zone: string, now: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now);
}
