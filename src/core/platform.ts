// What a platform is: how the bot speaks through it, and what it is handed of the bot.
import type { Answer, Call, ChannelRef, CommandSpec, IsIn, Person, Standing } from './chat.ts';
import type { Doc } from './doc.ts';
import type { Choice, Form, Prospect } from './form.ts';
import type { LinkedMessage, LinkPreview } from './linked.ts';
import type { Log } from './log.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The body of one API request, JSON only. */
export type Payload = Record<string, unknown>;

/** Where a delivered message is. Stored as JSON. */
export interface Receipt {
  /** The message's id (Slack: `ts`). */
  id: string;
  /** The id of the channel it went to. */
  channel: string;
  url?: string;
}

/** What a post in a forum is called, and what it is about, the most telling first: its tags are those of such names. */
export interface ForumPost {
  name: string;
  about: string[];
}

/** One message of a roundup, on its way. */
export interface OutboxMessage {
  /** Unique for ever, at most 25 characters: Discord's nonce, Slack's metadata. */
  key: string;
  channel: ChannelRef;
  payload: Payload;
  /** The roundup's title: the name of a thread. */
  title: string;
  /** Set for a reply: the message under which it goes. */
  parent: Receipt | undefined;
  /** Set for a message that begins a post in a forum. */
  post?: ForumPost;
  /** Nobody's phone is to ring for it. */
  silent?: true;
  /** When it was first tried; undefined on the first try. */
  firstTriedAt: Date | undefined;
}

/** A message that was posted, with the payload that is to stand in it from now on. */
export interface PostedMessage extends Pick<OutboxMessage, 'key' | 'channel' | 'payload'> {
  receipt: Receipt;
}

export type Preflight = { ok: true } | { ok: false; code: string; problem: string; fix: string };

export interface ConnectionState {
  connected: boolean;
  /** When the platform was last heard. */
  lastEventAt?: Date;
  /** What a person should know of it: why it is not connected, or that another process has the connection. */
  note?: string;
}

/**
 * What a platform learnt of a channel: it is gone, in the platform's own code; back again; or has another name. With `ask`
 * it may have changed since, and `preflight` has the last word.
 */
export type ChannelChange = { gone: string; ask?: true } | { back: true } | { name: string };

export interface ChatAdapter {
  /** Posts one final payload. Throws ChannelGone | NotAllowed | TryLater | PayloadRefused | OutcomeUnknown. */
  post(message: OutboxMessage): Promise<Receipt>;
  /** Did an earlier try get through? Throws when that can't be told. */
  find?(message: OutboxMessage): Promise<Receipt | undefined>;
  /** Puts another payload into a message, which nobody is told of; safe to repeat. Throws as `post` does. Missing where messages stay as they are. */
  edit?(message: PostedMessage): Promise<void>;
  /** May the bot post in this channel? */
  preflight(channel: ChannelRef): Promise<Preflight>;
  /** Says something to one person in direct messages; returns the id of their channel. Throws as `post` does. Missing where there is no such way. */
  tell?(to: { workspace: string; person: string }, payload: Payload): Promise<string>;
  /** What a person may do in a channel now, whether or not they are in it. Missing where everybody may do all. */
  standing?(channel: ChannelRef, person: string): Promise<Standing>;
  /** How the connection is doing now. Missing: it can't be lost. */
  state?(): ConnectionState;
  /** What `doctor` says of the connection: token, scopes, name. */
  check?(): Promise<string>;
  /** Stops taking calls, waits for those under way, closes. */
  stop(): Promise<void>;
}

/** An HTTP route on the one server. Raw node requests, since SDKs check signatures over the raw body. */
export interface Route {
  method: string;
  path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/** Turns, such as requests of one bot token, that all processes together take one after the other. */
export interface Budget {
  name: string;
  perSecond: number;
  /** Milliseconds; a line of takers longer than this was left by a clock that has jumped back, and begins anew. */
  longestMs?: number;
}

/** A workspace's secret, such as its token, and when it was entrusted. */
export interface Installation {
  secret: string;
  installedAt: Date;
}

/** The workspaces that installed the app by themselves. Their secrets are kept sealed. */
export interface Installations {
  /** To be called first: how many there are. Throws ConfigError when one can't be opened with the keys at hand. */
  open(): Promise<number>;
  /** Undefined where it isn't installed. Throws TryLater when it can't be opened now. */
  get(workspace: string): Promise<Installation | undefined>;
  /** In place of any older one; `by` is the platform's id of who installed it. */
  save(workspace: string, secret: string, by: string): Promise<void>;
  /** Throws the secret away; false when a newer one has replaced that of `installedAt`. `code` says how it ended. */
  end(workspace: string, installedAt: Date, code: string): Promise<boolean>;
}

export interface PlatformIo {
  /** The platform's own settings, by the names in `Platform.env`. */
  env: Record<string, string | undefined>;
  commands: CommandSpec[];
  /** Never throws: errors are answers too. */
  handle(call: Call): Promise<Answer>;
  /** Suggestions for an option's value, best first. Never throws. */
  complete(call: Call & { option: string }): Promise<Choice[]>;
  /**
   * What the call has to be filled in with, when its verb has a form and nothing stands behind it. Undefined also for
   * somebody who may not: `handle` tells them so. Never throws.
   */
  form(call: Call): Promise<Form | undefined>;
  /** What the call of a filled form would bring, without doing it. Undefined where that can't be told. Never throws. */
  foresee(call: Call): Promise<Prospect | undefined>;
  /**
   * What somebody has in a workspace, for their eyes only: the roundups of channels that they are in, their own digest, and
   * their saved papers. `nameOf`: what a channel that they are in is called, where that is told to nobody else.
   */
  home(whose: { workspace: string; person: Person; isIn: IsIn; nameOf?: (channel: string) => string | undefined }): Promise<Doc>;
  /** The first word in a channel that has no roundup: once for each channel, over all processes. Never throws. */
  greeting(channel: ChannelRef): Promise<Doc | undefined>;
  /** Previews of papers that a message links to, where its channel wants them: once, over all processes. Never throws. */
  previews(channel: ChannelRef, message: LinkedMessage): Promise<LinkPreview[]>;
  /** The papers that a text names or links to, for the one who asks; or a word on what to do when there is none. Never throws. */
  papersIn(text: string, who: Pick<Call, 'channel' | 'person'>): Promise<Doc[]>;
  channelChanged(channel: ChannelRef, change: ChannelChange): Promise<void>;
  /** A whole workspace took the bot out, or let it in again. */
  workspaceChanged(workspace: string, change: { gone: string } | { back: true }): Promise<void>;
  /**
   * True for the first, over all processes, who asks with this id: what a platform may deliver twice is acted on once.
   * Ids are kept for a day. When the database can't be asked, true for the first in this process.
   */
  claim(id: string): Promise<boolean>;
  /** Takes `count` turns of a budget that all processes share; returns when the first is. The others follow at its pace. */
  takeTurns(budget: Budget, count: number): Promise<Date>;
  /** Rights that one process at a time has. `take` is true when it is this one's for `ms` from now, and prolongs its own. */
  leases: { take(name: string, ms: number): Promise<boolean>; giveBack(name: string): Promise<void> };
  installations: Installations;
  /** Words that come back from outside, as in a link: nobody can read, make up or alter them. They open for the same `about` alone. */
  seal(words: string, about: string): string;
  /** The connection is dead for good: the process ends, so that its supervisor starts a fresh one. */
  lost(why: string): void;
  /** Words that are too long to stand in a message, kept for 90 days under a short name, `=name`, that verbs understand as well. */
  words: { keep(text: string): Promise<string>; get(name: string): Promise<string | undefined> };
  /** Small facts that outlive the process, such as which commands were registered. */
  memory: { get(key: string): Promise<string | undefined>; set(key: string, value: string): Promise<void> };
  mount(route: Route): void;
  log: Log;
  /** Seconds-exact time, replaced in tests. */
  now(): Date;
}

export interface Platform {
  name: string;
  /** Environment variables. None of the required set: skipped; some: an error that names the rest. */
  env: Record<string, 'required' | 'optional'>;
  /** Says what is missing or wrong beyond `env`, such as a choice of two variables. */
  checkEnv?(env: Record<string, string | undefined>): string[];
  /** What with these settings is sealed with PAPERROUND_KEYS, which they need then: `the tokens of its workspaces are`. */
  seals?(env: Record<string, string | undefined>): string | undefined;
  /**
   * `silent`: a message can be posted so that it rings nobody's phone. `links`: the platform tells of links that people
   * post, and takes previews of them.
   */
  can: { thread: boolean; actions: boolean; edit?: true; silent: boolean; links: boolean };
  /** True where many channels are due at the same minute on one server: they are spread over some seconds. */
  spread?: true;
  /** True where a roundup is one post whatever the layout says: a message for each paper would be too many. */
  onePost?: true;
  /** The least time between two messages in one channel, in milliseconds, where the platform asks for one. */
  messageGapMs?: number;
  /** The least standing that may manage a channel, unless the settings say otherwise. */
  managers: Standing;
  /** Pure: the document without its replies, split and cut to the platform's limits; one payload is one message. */
  render(doc: Doc): Payload[];
  /** The exact payload of an answer to a slash command; what `preview` prints. */
  renderAnswer(answer: Answer): Payload[];
  connect(io: PlatformIo): Promise<ChatAdapter>;
}
