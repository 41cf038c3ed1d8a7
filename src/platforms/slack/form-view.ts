// A form as a modal, and what was filled in.
import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { filledText, type Choice, type Field, type Form } from '../../core/form.ts';
import { clip } from '../../core/text.ts';

/** Where a submitted form goes; Slack keeps it with the modal. */
export interface FormPlace {
  command: string;
  verb: string;
  channel: string;
  name?: string;
  /** The fields' names, in order. */
  fields: string[];
}

export const FORM = 'form';
/** The start of the action ids of fields with suggestions. */
export const SEARCH = 'search:';

/** What one element was filled with, as Slack tells it. */
export interface Filled {
  selected_option?: { value: string } | null;
  selected_options?: { value: string }[];
  selected_time?: string | null;
}

/** Source of the limits: Slack's reference of views and composition objects: title 24, option 75, its value 150. */
const OPTION = 75;
const VALUE = 150;

export function formView(form: Form, { id, name }: { id: string; name?: string }): ModalView {
  const place: FormPlace = { command: form.command, verb: form.verb, channel: id, ...(name ? { name } : {}), fields: form.fields.map((field) => field.name) };
  return {
    type: 'modal',
    callback_id: FORM,
    title: plain(form.title),
    submit: plain(form.submit),
    close: plain('Cancel'),
    private_metadata: JSON.stringify(place),
    blocks: form.fields.map(inputOf),
  };
}

/** The words of the call that a submitted modal makes. */
export function submittedText(place: FormPlace, values: Record<string, Record<string, Filled>>): string {
  return filledText(place.verb, place.fields.map((name) => wordsOf(Object.values(values[name] ?? {})[0] ?? {})));
}

/** What can be chosen of suggestions; what was typed comes first, as it may be no suggestion. */
export function optionsOf(values: string[]): PlainTextOption[] {
  return [...new Set(values)].filter((value) => value && value.length <= VALUE).map((value) => optionOf({ label: value, value }));
}

function inputOf(field: Field): InputBlock {
  const optional = field.kind === 'search' && field.empty !== undefined;
  return { type: 'input', block_id: field.name, label: plain(field.label), optional, element: elementOf(field) };
}

function elementOf(field: Field): InputBlock['element'] {
  switch (field.kind) {
    case 'search': {
      const [initial] = optionsOf(field.value ? [field.value] : []);
      const filled = { ...(initial && { initial_option: initial }), ...(field.empty && { placeholder: plain(field.empty) }) };
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
  return { text: plain(clip(label, OPTION)), value };
}

function plain(text: string) {
  return { type: 'plain_text' as const, text, emoji: false };
}
