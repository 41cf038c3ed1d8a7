// Which rights a roundup needs in a channel, which of them the bot has there, and what a person may do with theirs.
import type { Standing } from '../../core/chat.ts';
import type { Tag } from './tags.ts';

/** Source: Discord's permissions reference; `words` as Discord's own settings call them. */
const RIGHTS = {
  view: { bit: 1n << 10n, words: 'View Channel' },
  send: { bit: 1n << 11n, words: 'Send Messages' },
  embed: { bit: 1n << 14n, words: 'Embed Links' },
  // Looking for a message whose answer was lost, so that none is posted twice.
  history: { bit: 1n << 16n, words: 'Read Message History' },
  openThread: { bit: 1n << 35n, words: 'Create Public Threads' },
  sendInThread: { bit: 1n << 38n, words: 'Send Messages in Threads' },
};
const ADMINISTRATOR = 1n << 3n;
/** Manage Channels, or Manage Server. */
const MANAGES = (1n << 4n) | (1n << 5n);
const ALL = (1n << 64n) - 1n;

/** Source: Discord's channel types. Text, direct, voice, announcement, stage, the three kinds of threads; forum and media. */
const THREADS = [10, 11, 12];
const TAKE_MESSAGES = [0, 1, 2, 3, 5, 13, ...THREADS];
const FORUMS = [15, 16];
/** Source: Discord's channel flags, REQUIRE_TAG. */
const REQUIRE_TAG = 1 << 4;

/** What is read of Discord's own objects. */
export interface ChannelObject {
  type: number;
  guild_id?: string;
  parent_id?: string | null;
  name?: string | null;
  flags?: number;
  available_tags?: Tag[];
  permission_overwrites?: { id: string; allow: string; deny: string }[];
}
export interface GuildObject {
  id: string;
  owner_id: string;
  roles: { id: string; permissions: string }[];
}
export interface MemberObject {
  user: { id: string };
  roles: string[];
}

export function isThread({ type }: { type: number }): boolean {
  return THREADS.includes(type);
}

export function isForum({ type }: { type: number }): boolean {
  return FORUMS.includes(type);
}

/** Whether a forum takes no post without a tag. */
export function asksForTag({ flags = 0 }: ChannelObject): boolean {
  return (flags & REQUIRE_TAG) !== 0;
}

/** Messages, or posts that begin with one. */
export function takesRoundups(channel: { type: number }): boolean {
  return TAKE_MESSAGES.includes(channel.type) || isForum(channel);
}

/** The words of the rights that are missing for roundups in such a channel. */
export function lackingIn(channel: { type: number }, permissions: bigint): string[] {
  const { view, send, embed, history, openThread, sendInThread } = RIGHTS;
  // To begin a post in a forum is to send a message (source: Discord's "Threads").
  const wanted = isThread(channel) ? [view, embed, history, sendInThread] : [view, embed, history, send, ...(isForum(channel) ? [] : [openThread]), sendInThread];
  return wanted.filter(({ bit }) => (permissions & bit) === 0n).map(({ words }) => words);
}

/** Can roundups be posted at all? Without the other rights they come without a thread. */
export function canPost(channel: { type: number }, permissions: bigint): boolean {
  const { view, send, embed, sendInThread } = RIGHTS;
  return [view, embed, isThread(channel) ? sendInThread : send].every(({ bit }) => (permissions & bit) !== 0n);
}

/** What somebody with these permissions in a channel may do with its roundup. */
export function standingOf(permissions: bigint): Standing {
  if ((permissions & ADMINISTRATOR) !== 0n) return 'admin';
  return (permissions & MANAGES) !== 0n ? 'manager' : 'member';
}

/** A member's permissions in a channel; for a thread, `channel` is the one that it belongs to. Source: Discord's "Permission Overwrites". */
export function permissionsIn(channel: ChannelObject, guild: GuildObject, member: MemberObject): bigint {
  const mine = [guild.id, ...member.roles];
  const base = guild.roles.filter(({ id }) => mine.includes(id)).reduce((all, { permissions }) => all | BigInt(permissions), 0n);
  if ((base & ADMINISTRATOR) !== 0n || guild.owner_id === member.user.id) return ALL;
  const overwrites = channel.permission_overwrites ?? [];
  // Each rank overrules the one before: everyone, then all roles together, then the member.
  const ranks = [[guild.id], member.roles, [member.user.id]].map((ids) => overwrites.filter(({ id }) => ids.includes(id)));
  const inChannel = ranks.reduce((bits, rank) => (bits & ~sum(rank, 'deny')) | sum(rank, 'allow'), base);
  return (inChannel & RIGHTS.view.bit) === 0n ? 0n : inChannel;
}

function sum(overwrites: { allow: string; deny: string }[], kind: 'allow' | 'deny'): bigint {
  return overwrites.reduce((bits, overwrite) => bits | BigInt(overwrite[kind]), 0n);
}
