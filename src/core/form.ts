// A form: what a verb asks for when nothing stands behind it. Platforms draw it; what is filled in becomes the verb's words.

export interface Choice {
  label: string;
  /** The words that it stands for. */
  value: string;
}

export type Field = {
  /** For `search`, also the option whose suggestions `complete` gives. */
  name: string;
  label: string;
} & (
  | /** Words, with suggestions while somebody types; may stay empty where `empty` says what that means. */
  { kind: 'search'; value?: string; empty?: string }
  /** `HH:MM` */
  | { kind: 'time'; value: string }
  | { kind: 'one'; choices: Choice[]; value?: string }
  | { kind: 'some'; choices: Choice[]; values: string[] }
);

export interface Form {
  title: string;
  submit: string;
  /** The call that it makes: a command, and the verb that its words follow. */
  command: string;
  verb: string;
  fields: Field[];
}

/** The words of the call: the verb and the first field, and behind a line break all others. */
export function filledText(verb: string, [first = [], ...others]: string[][]): string {
  return `${verb} ${first.join(' ')}\n${others.flat().join(' ')}`;
}
