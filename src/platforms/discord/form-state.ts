// What a form is filled with, kept in the components of its message: any process can go on with it, also after a restart.
import type { Field, Filling } from '../../core/form.ts';

/** One component of a form's message, as its `custom_id` tells: what a press on it means, for which call. */
export interface FormPart {
  /** A field is chosen, the modal for words is opened or sent, the form is sent. */
  act: 'set' | 'words' | 'send';
  command: string;
  verb: string;
  /** Of `set`: the field's name. */
  field?: string;
  /** Of `send`: what the form was opened on, for its verb. */
  seen?: string;
}

/** Stands for a field that is left empty: a select has no empty value. */
export const NOTHING = '(nothing)';

/**
 * `form:set roundup subscribe topic 1`, with `me.subscribe` for a verb behind another; `nth` tells apart the selects of one
 * field. `form:send roundup change 09:00,UTC,12345,10,compact` has what the form was opened on.
 */
export function partId({ act, command, verb, field, seen }: FormPart, nth = 0): string {
  return [`form:${act} ${command} ${verb.replaceAll(' ', '.')}`, ...(field === undefined ? [] : [field, nth]), ...(seen === undefined ? [] : [seen])].join(' ');
}

/** Undefined for what is no part of a form; 'unknown' for one that another version made. */
export function readPart(customId: string): FormPart | 'unknown' | undefined {
  if (!customId.startsWith('form:')) return undefined;
  const [, act, command, verb, field, seen] = /^form:(set|words|send) (\S+) (\S+)(?: (\S+) \d+| (\S+))?$/.exec(customId) ?? [];
  if (!command || !verb || (act === 'set' && !field)) return 'unknown';
  return { act: act as FormPart['act'], command, verb: verb.replaceAll('.', ' '), ...(field ? { field } : {}), ...(seen ? { seen } : {}) };
}

/** A component as the library hands it back: only what is read of it. */
export interface Component {
  custom_id?: string;
  options?: { value: string; default?: boolean }[];
  components?: Component[];
}

/** What the selects of the message show as chosen. */
export function readFilling(components: Component[]): Filling {
  const filling: Filling = {};
  for (const { custom_id: id = '', options = [] } of components.flatMap(allIn)) {
    const part = readPart(id);
    if (typeof part !== 'object' || !part.field) continue;
    const chosen = options.filter((option) => option.default).map(({ value }) => value);
    // A field with many values has several selects.
    filling[part.field] = [...(filling[part.field] ?? []), ...readChosen(chosen)];
  }
  return filling;
}

/** What the form was opened on, which the button that sends it carries; undefined for an older version's. */
export function seenIn(components: Component[]): string | undefined {
  const parts = components.flatMap(allIn).map(({ custom_id: id = '' }) => readPart(id));
  return parts.flatMap((part) => (typeof part === 'object' && part.seen ? [part.seen] : []))[0];
}

function allIn(component: Component): Component[] {
  return [component, ...(component.components ?? []).flatMap(allIn)];
}

/** What was chosen or typed for one field. */
export function readChosen(values: string[]): string[] {
  return values.map((value) => value.trim()).filter((value) => value && value !== NOTHING);
}

/** A filling of an older form, for the fields that there are now: what a field can't be filled with any more gives way. */
export function refill(fields: Field[], start: Filling, filling: Filling): Filling {
  return Object.fromEntries(fields.map((field) => [field.name, kept(field, filling[field.name]) ?? start[field.name]!]));
}

function kept(field: Field, values: string[] | undefined): string[] | undefined {
  const mayBeEmpty = field.kind === 'search' && field.empty !== undefined;
  const known = 'choices' in field ? values?.filter((value) => field.choices.some((choice) => choice.value === value)) : values;
  return mayBeEmpty || known?.length ? known : undefined;
}
