import type { Choice, Form } from '../../core/form.ts';
import type { Layout } from '../../core/layout.ts';
import type { Schedule } from '../../core/schedule.ts';

const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'].map((label): Choice => ({ label, value: label.toLowerCase() }));
const LAYOUTS: Choice[] = [
  { label: 'Compact: one line a paper, abstracts in the thread', value: 'layout compact' },
  { label: 'Full: with the abstracts in short', value: 'layout full' },
  { label: 'One message a paper', value: 'layout each' },
];
const SIZES = [3, 5, 10, 15, 20, 25];

/** `/roundup subscribe` to be filled in, with what the channel has now, or would have. */
export function subscribeForm({ zone, at, days, size, layout = 'compact' }: Schedule & { size: number; layout?: Layout }): Form {
  const sizes = [...new Set([...SIZES, size])].sort((a, b) => a - b);
  return {
    title: 'Subscribe this channel',
    submit: 'Subscribe',
    command: 'roundup',
    verb: 'subscribe',
    fields: [
      { kind: 'search', name: 'topic', label: 'Topic', empty: 'Everything that trends' },
      { kind: 'time', name: 'time', label: 'Time', value: at },
      { kind: 'search', name: 'zone', label: 'Time zone', value: zone },
      { kind: 'some', name: 'days', label: 'Days', choices: DAYS, values: days.map((day) => DAYS[day - 1]!.value) },
      { kind: 'one', name: 'size', label: 'Papers at the most', choices: sizes.map((n) => ({ label: String(n), value: `top ${n}` })), value: `top ${size}` },
      { kind: 'one', name: 'layout', label: 'Layout', choices: LAYOUTS, value: `layout ${layout}` },
    ],
  };
}

/** Zones whose name has these words: `new yo` finds America/New_York. */
export function suggestZones(typed: string, most: number): string[] {
  const words = typed.toLowerCase().split(/[\s_]+/);
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return zones.filter((zone) => words.every((word) => zone.toLowerCase().includes(word))).slice(0, most);
}
