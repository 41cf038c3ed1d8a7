// One platform as the playground plays it: what people do there, and what they see.
import type { ChannelRef } from '../src/core/chat.ts';
import type { Person } from './people.ts';

export type SideName = 'slack' | 'discord';
export type Json = Record<string, unknown>;

/** A message in the channel, in a thread under one, or in somebody's direct messages. */
export interface Entry {
  key: string;
  at: Date;
  /** Who alone sees it, by the platform's id; undefined: the whole channel. */
  onlyFor?: string;
  /** True in direct messages. */
  direct?: true;
  /** As the bot sent it. */
  payload: Json;
  /** What it answers, where the platform shows that. */
  used?: { person: string; line: string };
  file?: { name: string; text: string };
  thread: Entry[];
  /** The name of its thread, where threads have names. */
  title?: string;
}

/** A form that stands open before one person. */
export interface OpenForm {
  onlyFor: string;
  payload: Json;
  /** What was wrong when it was last submitted, by field. */
  errors: Record<string, string>;
  /** What it was filled with then, by field. */
  filled: Record<string, string[]>;
}

export interface Press {
  /** The key of its message. */
  message: string;
  /** The id of the button or menu, as it stands in the payload. */
  control: string;
  /** What was chosen of a menu. */
  values: string[];
}

/** Everything that a person does resolves when the bot has said all; what can't be done there is thrown as words. */
export interface Side {
  name: SideName;
  /** Where everything happens. */
  channel: ChannelRef;
  type(line: string, person: Person): Promise<void>;
  press(press: Press, person: Person): Promise<void>;
  /** What the open form offers for a field while somebody types. */
  suggest(field: string, typed: string, person: Person): Promise<string[]>;
  submit(filled: Record<string, string[]>, person: Person): Promise<void>;
  dismiss(person: Person): void;
  /** What this person sees, oldest first. */
  entries(person: Person): Entry[];
  form(person: Person): OpenForm | undefined;
  /** Takes what was said so far off the screen. */
  clear(): void;
}
