// What posting a message, beginning a post in a forum and looking for either have in common.
import type { OutboxMessage, Payload, Receipt } from '../../core/platform.ts';
import type { Request } from './rest.ts';

/** What posting needs of the connection. */
export interface Posting {
  request: Request;
  /** The bot's own user id. */
  me: string;
  /** True when the channel is known to be a thread itself, in which no thread can be opened. */
  isThread(channel: string): boolean;
  /** Messages that were posted here of late and can't have a thread yet; the oldest first. */
  fresh: Set<string>;
}

/** Rings nobody's phone. Source: Discord's message flags, SUPPRESS_NOTIFICATIONS. */
const SILENT = 1 << 12;

/** Where a message is, with a link to it. */
export function receiptOf(id: string, channel: string, { channel: { workspace, person } }: OutboxMessage): Receipt {
  return { id, channel, url: `https://discord.com/channels/${person === undefined ? workspace : '@me'}/${channel}/${id}` };
}

/** The first message of a forum's post has the id of its thread, and stands in it. */
export function isForumPost({ id, channel }: Receipt): boolean {
  return id === channel;
}

/** The message itself, as each way to post it takes it. */
export function bodyOf({ payload, silent }: OutboxMessage): Payload {
  return { ...payload, ...(silent ? { flags: SILENT } : {}), allowed_mentions: { parse: [] } };
}

export function hasId(sent: unknown): sent is { id: string } {
  return typeof sent === 'object' && sent !== null && 'id' in sent && typeof sent.id === 'string';
}
