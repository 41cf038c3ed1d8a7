// What a command is: its verbs, what they may use, and who may say them.
import { distance } from 'fastest-levenshtein';
import type { Config } from './config.ts';
import { STANDINGS, type Call, type ChannelRef, type CommandSpec, type Standing, type VerbSpec } from './core/chat.ts';
import type { Platform, Preflight } from './core/platform.ts';
import type { Doc } from './core/doc.ts';
import { UserError } from './core/errors.ts';
import type { AddressWish } from './core/email.ts';
import type { Choice, Form } from './core/form.ts';
import type { Log } from './core/log.ts';
import type { Paper } from './core/paper.ts';
import type { Clock } from './core/schedule.ts';
import type { Channel } from './db/channels.ts';
import type { Db } from './db/connect.ts';
import type { MadeRoundup } from './delivery/make.ts';

/** Everything that a command may use. */
export interface Deps {
  db: Db;
  now: Clock;
  log: Log;
  config: Config;
  commands: Command[];
  /** A paper by arXiv id: from the table, else from arXiv, within so many milliseconds. Throws SourceError when it can't be asked. */
  lookUp(arxivId: string, withinMs?: number): Promise<Paper | undefined>;
  /** The roundup that this channel would get now. */
  makeRoundup(query: { channel: Channel | undefined; ref: ChannelRef; topics?: string[]; window?: 'day' | 'week' | 'month'; size?: number }): Promise<MadeRoundup>;
  /** Writes an extra roundup for the channel and sends it off. */
  postNow(channel: Channel): Promise<'queued' | 'nothing new' | 'already'>;
  /** Sends what waits in the outbox, behind the answer. */
  sendSoon(): void;
  /**
   * Sends a mail that asks an address whether it wants this. The same whether or not it is known. Throws UserError for what
   * can't be read, TryLater for an asker who asks too much. Missing where e-mail isn't set up.
   */
  askAddress?(wish: AddressWish): Promise<void>;
  /** Counts an answer to one of the commands. Must not throw. */
  answered(command: string, seconds: number): void;
  preflight(ref: ChannelRef): Promise<Preflight>;
  /** Says a first word in the asker's direct messages, and returns where these are. Throws as `post` does. */
  openDirect(call: Call): Promise<ChannelRef>;
  /** What the asker may do in a channel now, wherever they ask from. */
  standing(ref: ChannelRef, call: Call): Promise<Standing>;
  /** The least standing that may manage a channel there. */
  managers(platform: string): Standing;
  can(platform: string): Platform['can'];
}

export interface Verb<Args = unknown> extends VerbSpec {
  /** Undefined: these words are not this verb's arguments. Throws UserError when they are, but wrong. */
  parse(words: string): Args | undefined;
  run(call: Call & { args: Args }, deps: Deps): Promise<Doc>;
  /** True when these arguments change the channel: then the call is for managers, and the channel sees the answer, whatever the verb says. */
  changes?(args: Args): boolean;
  /** Suggestions for one of its options, or one of its form's fields, best first; a string is shown as it is filled in. */
  complete?(typed: string, deps: Deps, option: string, call: Call): Promise<(string | Choice)[]>;
  /** What it asks for where nothing stands behind it, on platforms that show forms; behind a verb with `verbs`, one of these: `call.text`. */
  form?(call: Call, deps: Deps): Promise<Form | undefined>;
  /** What it would bring, in whole sentences, without doing it. Throws UserError as `run` would. */
  foresee?(call: Call & { args: Args }, deps: Deps): Promise<string | undefined>;
  verbs?: Verb[];
}

export interface Command extends CommandSpec {
  verbs: Verb[];
}

/** Lets a verb's `parse` and `run` agree on their arguments' type while the list of verbs doesn't care. */
export function verb<Args>(definition: Verb<Args>): Verb {
  return definition;
}

/** A verb that is said alone: with words behind it, it is not meant. */
export function wordlessVerb(definition: Omit<Verb, 'options' | 'parse' | 'changes' | 'complete' | 'run'> & { run(call: Call, deps: Deps): Promise<Doc> }): Verb {
  return { ...definition, options: [], parse: (words) => (words ? undefined : {}) };
}

/** The command as a platform has it: without the verbs for which it isn't able. */
export function commandFor(command: Command, can: Platform['can']): Command {
  return { ...command, verbs: command.verbs.filter(({ needs }) => !needs || can[needs]) };
}

/** The verb that a word was meant for, if it is some slips of the pen away. */
export function nearestVerb({ verbs }: Pick<Command, 'verbs'>, word: string): Verb | undefined {
  const [nearest] = verbs
    .map((known) => ({ known, far: distance(word, known.name) }))
    .filter(({ known, far }) => far <= Math.max(1, Math.floor(known.name.length / 3)))
    .sort((a, b) => a.far - b.far);
  return nearest?.known;
}

/** Whether somebody of this standing may manage channels on this platform. */
export function mayManage(standing: Standing, platform: string, deps: Pick<Deps, 'managers'>): boolean {
  return STANDINGS.indexOf(standing) >= STANDINGS.indexOf(deps.managers(platform));
}

/** Throws UserError for somebody whose standing is too low to change a channel's roundup. */
export function checkManages(standing: Standing, call: Call, deps: Deps): void {
  const { platform } = call.channel;
  const least = deps.managers(platform);
  if (mayManage(standing, platform, deps)) return;
  const who: Record<Standing, string> = {
    guest: 'anyone',
    member: 'full members of this workspace',
    manager: 'people who may manage channels here',
    admin: 'admins',
  };
  throw new UserError(`Only ${who[least]} can change this channel’s roundup. Ask one of them to do it.`);
}

/** The first word, and what follows it, which may begin with an empty line. */
export function splitFirst(words: string): [string, string] {
  const match = /^(\S+)[^\S\n]*([\s\S]*)$/.exec(words.trim());
  return [match?.[1] ?? '', match?.[2] ?? ''];
}
