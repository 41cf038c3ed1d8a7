// A form as one message of selects, and as a modal for what has to be typed.
import type { Payload } from '../../core/platform.ts';
import type { Choice, Field, Filling, Form, Prospect } from '../../core/form.ts';
import { clip } from '../../core/text.ts';
import { chunk } from './buttons.ts';
import { escape, escapeLabel, fit } from './escape.ts';
import { NOTHING, partId } from './form-state.ts';
import { EPHEMERAL } from './render.ts';

/** Source: Discord's component reference: select 25 options, label, value and description 100; modal title and labels 45, 5 of them. */
const MOST_OPTIONS = 25;
const OPTION = 100;
const MODAL_LABEL = 45;
const MOST_INPUTS = 5;
/** Source: Discord's message flags: the message is made of components, and of nothing else. */
const COMPONENTS_V2 = 1 << 15;
/** All texts of such a message have at most 4,000 characters together. */
const SAYS = 1_500;
const PROBLEM = 600;
const LEAD = 1_400;
/** As long as a topic can be. */
const LONGEST = 300;

const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);

/** What stands in the options is short enough for them: `value` of what is longer stands under a name, `words` says what it is. */
export interface Drawn {
  form: Form;
  filling: Filling;
  /** What names in the filling stand for. */
  words: Record<string, string>;
  prospect: Prospect | undefined;
}

/** The message of a form. A mistake stands at its field; all that was chosen stays chosen. */
export function formMessage({ form, filling, words, prospect }: Drawn): Payload {
  const at = form.fields.find(({ name }) => prospect?.refused && name === prospect.field)?.name;
  const wrong = prospect?.refused ? '**That can’t be done yet.** ' : '';
  const call = { command: form.command, verb: form.verb };
  return ofComponents([
    text([`### ${escapeLabel(form.title)}`, ...(form.lead ? [fit(form.lead, LEAD)] : []), `-# Only you see this. Nothing changes before you press ${escapeLabel(form.submit)}.`].join('\n')),
    ...form.fields.flatMap((field) => {
      const problem = field.name === at ? `\n**${prospect!.seen ? 'Changed meanwhile' : 'Change this'}:** ${fit(prospect!.says, PROBLEM)}` : '';
      const selects = selectsOf(field, filling[field.name] ?? [], words);
      return [
        text(`**${escapeLabel(field.label)}**${problem}`),
        ...selects.map((select, nth) => row({ type: 3, custom_id: partId({ act: 'set', ...call, field: field.name }, nth), ...select })),
      ];
    }),
    ...(prospect && at === undefined ? [text(`${wrong}${fit(prospect.says, SAYS)}`)] : []),
    row(
      { type: 2, style: 1, label: form.submit, custom_id: partId({ act: 'send', ...call, ...(form.seen === undefined ? {} : { seen: form.seen }) }) },
      ...(inputsOf(form).length ? [{ type: 2, style: 2, label: 'Other words…', custom_id: partId({ act: 'words', ...call }) }] : []),
    ),
  ]);
}

/** One sentence in place of a form. */
export function formSays(sentence: string): Payload {
  return ofComponents([text(escape(sentence))]);
}

/** The modal for the fields that take words, with what they are filled with. */
export function formModal({ form, filling, words }: Omit<Drawn, 'prospect'>): Payload {
  return {
    custom_id: partId({ act: 'words', command: form.command, verb: form.verb }),
    title: clip(form.title, MODAL_LABEL),
    components: inputsOf(form).map((field) => {
      const optional = field.kind === 'search' && field.empty !== undefined;
      const value = (filling[field.name] ?? []).map((one) => words[one] ?? one).join(' ');
      const hint = field.hint ? { description: clip(field.hint, OPTION) } : {};
      const empty = optional ? { placeholder: clip(field.empty!, OPTION) } : {};
      const input = { type: 4, style: 1, custom_id: field.name, required: !optional, max_length: LONGEST, ...empty, ...(value ? { value: value.slice(0, LONGEST) } : {}) };
      return { type: 18, label: clip(field.label, MODAL_LABEL), ...hint, component: input };
    }),
  };
}

// What was typed stands first; ready-made values follow, in as many selects as they need.
function selectsOf(field: Field, values: string[], words: Record<string, string>): object[] {
  const choices = choicesOf(field);
  const known = new Set(choices.map(({ value }) => value));
  const own = values.filter((value) => !known.has(value)).map((value): Choice => ({ label: words[value] ?? value, value }));
  const empty: Choice[] = field.kind === 'search' && field.empty !== undefined ? [{ label: field.empty, value: NOTHING }] : [];
  const groups = evenly(choices, MOST_OPTIONS - own.length - empty.length);
  const several = field.kind === 'some' ? { min_values: 1, max_values: choices.length } : {};
  const isChosen = (value: string) => values.includes(value) || (value === NOTHING && values.length === 0);
  return groups.map((group, nth) => ({
    placeholder: clip(groups.length === 1 ? field.label : `${field.label}: ${group[0]!.label} to ${group.at(-1)!.label}`, OPTION),
    ...several,
    options: [...(nth === 0 ? [...own, ...empty] : []), ...group].map(({ label, value, about }) => ({
      label: clip(label, OPTION),
      value,
      ...(about ? { description: clip(about, OPTION) } : {}),
      ...(isChosen(value) ? { default: true } : {}),
    })),
  }));
}

function choicesOf(field: Field): Choice[] {
  if (field.kind === 'search') return field.ready ?? [];
  if (field.kind === 'time') return HOURS.map((hour) => ({ label: hour, value: hour }));
  return field.choices;
}

/** At least one group, all of about the same length. */
function evenly(choices: Choice[], most: number): Choice[][] {
  const groups = Math.max(1, Math.ceil(choices.length / most));
  return choices.length === 0 ? [[]] : chunk(choices, Math.ceil(choices.length / groups));
}

type Typed = Extract<Field, { kind: 'search' | 'time' }>;

function inputsOf({ fields }: Form): Typed[] {
  return fields.filter((field): field is Typed => field.kind === 'search' || field.kind === 'time').slice(0, MOST_INPUTS);
}

function ofComponents(components: object[]): Payload {
  return { components, flags: EPHEMERAL | COMPONENTS_V2, allowed_mentions: { parse: [] } };
}

function text(content: string): object {
  return { type: 10, content };
}

function row(...components: object[]): object {
  return { type: 1, components };
}
