// The words of chat: who asks, and where.
import type { Doc } from './doc.ts';

/**
 * Where something was said. `workspace` is Slack's team or Discord's server; on Discord, where direct messages belong to no
 * server, it is `@` and the person's id; '' where there is none. Nothing that one workspace says is ever told in another.
 */
export interface ChannelRef {
  platform: string;
  workspace: string;
  id: string;
  name?: string;
  /** The channel that this thread belongs to. */
  parent?: string;
  /** Of a thread that is a forum's post: that forum, which is its parent. */
  postOf?: ChannelRef;
  /** It is a forum itself: a message there begins a post of its own. */
  forum?: boolean;
  /** True where not everybody of the workspace can look: what is said there counts there alone. */
  private?: true;
  /** In direct messages: the platform's id of the person whose they are. */
  person?: string;
}

/** Whether what is said there is nobody else's business in the workspace. */
export function isPrivate(ref: ChannelRef): boolean {
  return ref.private === true || ref.person !== undefined;
}

/** What a person may do in a channel, lowest first. Guests include people of other organisations. */
export const STANDINGS = ['guest', 'member', 'manager', 'admin'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Profile {
  standing: Standing;
  /** IANA time zone, where the platform tells it. */
  zone?: string;
  /** True where the platform says that this person may read the channel and not write in it. */
  readOnly?: true;
}

export interface Person {
  /** The platform's user id. */
  id: string;
  name?: string;
  /** The workspace of their direct messages with the bot, where that isn't the one in which they speak. */
  home?: string;
  /** Looked up only when it matters, since it can cost a request. */
  profile(): Promise<Profile>;
  /** Which channels of the workspace they may be told of; missing where nobody can tell. */
  isIn?: IsIn;
}

/** Of these channels of a workspace, by the platform's ids, those that a person is in now, or may look into. Throws UserError when that can't be told. */
export type IsIn = (channels: string[]) => Promise<string[]>;

/** A slash command as it was typed, or a button's. `text` is straightened: plain quotes, no platform markup. */
export interface Call {
  command: string;
  text: string;
  channel: ChannelRef;
  /** Where it was said, if `channel` is another place: for what is said of one's own digest, their direct messages. */
  saidIn?: ChannelRef;
  person: Person;
  /** For a call made outside of its channel, as in a person's home: nothing is done or shown unless they are in it. */
  isIn?: IsIn;
}

/** Who sees the answer. */
export type Audience = 'asker' | 'channel';

export interface Answer {
  doc: Doc;
  audience: Audience;
  /** True when the call was not done, for what `doc` says. */
  refused?: true;
  /** The field of the form, or the option, that the refusal is about. */
  field?: string;
  /** Of a form: somebody else has set the same meanwhile. Sent again with this as what it was opened on, it is done. */
  seen?: string;
}

/** One word or phrase that a verb takes. Discord shows them; elsewhere they follow the verb in this order. */
export interface Option {
  name: string;
  summary: string;
  required?: true;
  /** True when `complete` can suggest values. */
  suggests?: true;
}

export interface VerbSpec {
  name: string;
  summary: string;
  options: Option[];
  who: 'anyone' | 'manager';
  audience: Audience;
  /** Verbs that follow it, as in `/roundup me list`; its own options are for where one types. */
  verbs?: VerbSpec[];
  /** What a platform must be able to do for it: on others there is no such verb. */
  needs?: 'links';
}

/** What `/help`, Discord's registration and Slack's manifest need to know of a command. */
export interface CommandSpec {
  name: string;
  summary: string;
  /** The verb that plain words go to, as `/paper attention` does. */
  fallback?: string;
  verbs: VerbSpec[];
}
