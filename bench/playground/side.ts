// One platform as the playground plays it: what people do there, and what they see.
import type { ChannelRef } from '../../src/core/chat.ts';
import type { Person } from './people.ts';

export type SideName = 'slack' | 'discord';
export type Json = Record<string, unknown>;

/** A message in the channel, in a thread under one, or in somebody's direct messages. */
export interface Entry {
  key: string;
  at: Date;
  /** The name of the person who wrote it; undefined: the bot did. */
  by?: string;
  /** Who alone sees it, by the platform's id; undefined: the whole channel. */
  onlyFor?: string;
  /** True in direct messages. */
  direct?: true;
  /** As the bot sent it; of a person's message, its words. */
  payload: Json;
  /** What the bot shows under it, one for each link. */
  previews?: Json[];
  /** What it answers, where the platform shows that. */
  used?: { person: string; line: string };
  file?: { name: string; text: string };
  thread: Entry[];
  /** The name of its thread, where threads have names. */
  title?: string;
  /** The tags of a forum's post. */
  tags?: string[];
}

/** What fields are filled with, by their names. */
export type Filled = Record<string, string[]>;

/** A modal that stands open before one person. */
export interface OpenForm {
  /** It stays while what the modal shows changes. */
  key: string;
  payload: Json;
  /** What was wrong when it was last submitted, by field. */
  errors: Record<string, string>;
  /** What it was filled with so far. */
  filled: Filled;
}

export interface Press {
  /** The key of its message or modal, or `home`. */
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
  /** Says a command; `within`: the key of the forum's post that it is said in. */
  type(line: string, person: Person, within?: string): Promise<void>;
  /** Posts a message of their own, which all see; `within` as of a command. */
  write(words: string, person: Person, within?: string): Promise<void>;
  press(press: Press, person: Person): Promise<void>;
  /** What the menu of a message has of the bot's; undefined where there is no such menu. */
  lookUp?(message: string, person: Person): Promise<void>;
  /** What the open modal offers for a field while somebody types. */
  suggest(field: string, typed: string, person: Person): Promise<string[]>;
  /** One field of the open modal was changed. */
  fill(field: string, filled: Filled, person: Person): Promise<void>;
  submit(filled: Filled, person: Person): Promise<void>;
  dismiss(person: Person): void;
  /** What this person sees, oldest first. */
  entries(person: Person): Entry[];
  /** The posts of the forum, oldest first; none where there is no forum. */
  posts(person: Person): Entry[];
  form(person: Person): OpenForm | undefined;
  /** The person opens the page that the bot keeps for them. */
  openHome(person: Person): Promise<void>;
  home(person: Person): Json | undefined;
  /** Takes what was said so far off the screen. */
  clear(): void;
}

/** All that a person sees in the channel, in its threads, and in the forum's posts. */
export function allOn(side: Side, person: Person): Entry[] {
  const entries = side.entries(person);
  return [...entries, ...[...entries, ...side.posts(person)].flatMap(({ thread }) => thread)];
}
