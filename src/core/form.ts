// A form: what a verb asks for when nothing stands behind it. Platforms draw it; what is filled in becomes the verb's words.

export interface Choice {
  label: string;
  /** The words that it stands for. */
  value: string;
  /** More of it in a few words, where there is room. */
  about?: string;
}

export type Field = {
  /** For `search`, also the option whose suggestions `complete` gives. */
  name: string;
  label: string;
  /** What can be typed, in a few words. */
  hint?: string;
} & (
  | /**
     * Words, with suggestions while somebody types; may stay empty where `empty` says what that means. `ready`: some to pick,
     * where nothing can be suggested. `free`: what was typed counts, too.
     */
  { kind: 'search'; value?: string; empty?: string; ready?: Choice[]; free?: true }
  /** `HH:MM` */
  | { kind: 'time'; value: string }
  | { kind: 'one'; choices: Choice[]; value?: string }
  | { kind: 'some'; choices: Choice[]; values: string[] }
);

export interface Form {
  title: string;
  /** What somebody should know before they fill it in. */
  lead?: string;
  submit: string;
  /** The call that it makes: a command, and the verb that its words follow. */
  command: string;
  verb: string;
  fields: Field[];
  /** What it was opened on, in one word of its verb's, of 60 bytes at the most: the call hands it back. */
  seen?: string | undefined;
}

/** What a form would bring as it is filled in, in whole sentences; when `refused`, what has to be changed first, and in which field. */
export interface Prospect {
  says: string;
  refused?: true;
  field?: string;
  /** Where somebody else has set the same meanwhile: with this in place of the form's own it is done. */
  seen?: string;
}

/** What a form is filled with: of each field, by its name, the words or the values. */
export type Filling = Record<string, string[]>;

/** What the form is filled with to begin with. */
export function fillingOf({ fields }: Form): Filling {
  return Object.fromEntries(fields.map((field) => [field.name, field.kind === 'some' ? field.values : field.value === undefined ? [] : [field.value]]));
}

/** The words of the call that a form makes when it is filled so. */
export function formText({ verb, fields, seen }: Form, filling: Filling): string {
  return filledText(verb, fields.map(({ name }) => filling[name] ?? []), seen);
}

/** The words of the call: the verb and the first field, each other field behind a line break, and last what the form was opened on. */
export function filledText(verb: string, [first = [], ...others]: string[][], seen?: string): string {
  return [`${verb} ${first.join(' ')}`, ...others.map((words) => words.join(' ')), ...(seen === undefined ? [] : [`seen ${seen}`])].join('\n');
}
