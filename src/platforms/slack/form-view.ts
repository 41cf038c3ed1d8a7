// A form as a modal, and what was filled in.
import type { ViewOutput } from '@slack/bolt';
import type { ContextBlock, InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { filledText, type Choice, type Field, type Form, type Prospect } from '../../core/form.ts';
import { clip } from '../../core/text.ts';
import { MOST } from './limits.ts';
import { plainText } from './views.ts';

/** Where a submitted form goes; Slack keeps it with the modal. */
export interface FormPlace {
  command: string;
  verb: string;
  channel: string;
  name?: string;
  /** The fields' names, in order. */
  fields: string[];
  /** Those that take what was typed, beside suggestions. */
  free: string[];
  /** What it was opened on, for its verb. */
  seen?: string;
  /** Opened outside of the channel, as in the Home. */
  away?: true;
}

export const FORM = 'form';
const PROSPECT = 'prospect';
/** The start of the action ids of fields with suggestions. */
export const SEARCH = 'search:';

/** What one element was filled with, as Slack tells it. */
export interface Filled {
  selected_option?: { value: string } | null;
  selected_options?: { value: string }[];
  selected_time?: string | null;
}

/** Source of the limits: Slack's reference of composition objects: option 75, its value 150. */
const OPTION = 75;
const VALUE = 150;

/** `away`: it is opened outside of that channel; `says`: what it would bring as it is. */
export function formView({ title, lead, submit, command, verb, fields, seen }: Form, { id, name }: { id: string; name?: string }, away: boolean, says?: string): ModalView {
  const place: FormPlace = {
    ...{ command, verb, channel: id, ...(name ? { name } : {}) },
    fields: fields.map((field) => field.name),
    free: fields.filter((field) => field.kind === 'search' && field.free).map((field) => field.name),
    ...(seen === undefined ? {} : { seen }),
    ...(away ? { away } : {}),
  };
  return {
    type: 'modal',
    callback_id: FORM,
    title: plainText(clip(title, MOST.viewTitle)),
    submit: plainText(clip(submit, MOST.viewTitle)),
    close: plainText('Cancel'),
    private_metadata: JSON.stringify(place),
    blocks: [...(lead ? [noteOf(lead, 'lead')] : []), ...fields.map(inputOf), ...(says ? [noteOf(says, PROSPECT)] : [])],
  };
}

/**
 * The modal as it is, with what it would bring at its end, in place of what was said before; under its field what somebody
 * else has set meanwhile, which from then on was seen. Slack keeps what was filled in.
 */
export function withProspect({ title, submit, close, private_metadata: place, blocks }: ViewOutput, { says, seen, field }: Partial<Prospect> = {}): ModalView {
  const kept: (InputBlock | ContextBlock)[] = (blocks as InputBlock[]).filter(({ block_id: id }) => id !== PROSPECT);
  const at = seen ? kept.findIndex(({ block_id: id }) => id === field) + 1 : 0;
  if (says) kept.splice(at || kept.length, 0, noteOf(says, PROSPECT));
  const private_metadata = seen ? JSON.stringify({ ...placeOf({ private_metadata: place }), seen }) : place;
  return { type: 'modal', callback_id: FORM, title, submit: submit!, close: close!, private_metadata, blocks: kept };
}

export function placeOf({ private_metadata: place }: Pick<ViewOutput, 'private_metadata'>): FormPlace {
  return JSON.parse(place) as FormPlace;
}

/** The words of the call that a submitted modal makes. */
export function submittedText(place: FormPlace, values: Record<string, Record<string, Filled>>): string {
  return filledText(place.verb, place.fields.map((name) => wordsOf(Object.values(values[name] ?? {})[0] ?? {})), place.seen);
}

/** Whether Slack takes it as what an option stands for. */
export function isValue(words: string): boolean {
  return words.length <= VALUE;
}

/** What can be chosen. */
export function optionsOf(choices: Choice[]): PlainTextOption[] {
  const values = new Set<string>();
  return choices.filter(({ label, value }) => label && value && isValue(value) && values.size < values.add(value).size).map(optionOf);
}

function inputOf(field: Field): InputBlock {
  const optional = field.kind === 'search' && field.empty !== undefined;
  const hint = field.kind === 'search' && field.hint ? { hint: plainText(field.hint) } : {};
  // Each change is told of, since what the form would bring depends on all fields.
  return { type: 'input', block_id: field.name, label: plainText(field.label), ...hint, optional, dispatch_action: true, element: elementOf(field) };
}

function noteOf(words: string, id: string): ContextBlock {
  return { type: 'context', block_id: id, elements: [plainText(clip(words, MOST.note))] };
}

function elementOf(field: Field): InputBlock['element'] {
  switch (field.kind) {
    case 'search': {
      const [initial] = optionsOf(field.value ? [{ label: field.value, value: field.value }] : []);
      const filled = { ...(initial && { initial_option: initial }), ...(field.empty && { placeholder: plainText(field.empty) }) };
      return { type: 'external_select', action_id: `${SEARCH}${field.name}`, min_query_length: 0, ...filled };
    }
    case 'time':
      return { type: 'timepicker', action_id: field.name, initial_time: field.value };
    case 'one': {
      const initial = field.choices.find(({ value }) => value === field.value);
      return { type: 'static_select', action_id: field.name, options: field.choices.map(optionOf), ...(initial && { initial_option: optionOf(initial) }) };
    }
    case 'some': {
      const chosen = field.choices.filter(({ value }) => field.values.includes(value)).map(optionOf);
      return { type: 'checkboxes', action_id: field.name, options: field.choices.map(optionOf), ...(chosen.length && { initial_options: chosen }) };
    }
  }
}

function wordsOf({ selected_option: one, selected_options: some, selected_time: time }: Filled): string[] {
  return [...(one ? [one.value] : []), ...(some ?? []).map(({ value }) => value), ...(time ? [time] : [])];
}

function optionOf({ label, value }: Choice): PlainTextOption {
  return { text: plainText(clip(label, OPTION)), value };
}
