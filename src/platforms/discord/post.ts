// Posting one message of a roundup: into the channel, or as a reply into the thread under its parent.
import type { OutboxMessage, Receipt } from '../../core/chat.ts';
import { OutcomeUnknown, TryLater } from '../../core/errors.ts';
import { clip } from '../../core/text.ts';
import type { Request } from './rest.ts';
import { CODES, codeOf, verdictOf } from './verdict.ts';

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

/** Minutes after which a quiet thread is folded away; it opens again when somebody writes. */
const ARCHIVE_MINUTES = 1_440;
const THREAD_NAME = 100;
const AGAIN_MS = 5_000;
/** As many of the latest messages are remembered; a thread under an older one is found out by trying. */
const MOST_FRESH = 1_000;

/** Posts one final payload. Throws ChannelGone | NotAllowed | TryLater | PayloadRefused | OutcomeUnknown. */
export async function post(posting: Posting, message: OutboxMessage): Promise<Receipt> {
  try {
    const { parent } = message;
    if (parent) return await reply(posting, message, parent);
    const receipt = await send(posting, message, message.channel.id);
    remember(posting.fresh, receipt.id);
    return receipt;
  } catch (error) {
    throw verdictOf(error);
  }
}

/** Where a message is, with a link to it. */
export function receiptOf(id: string, channel: string, { channel: { workspace } }: OutboxMessage): Receipt {
  return { id, channel, url: `https://discord.com/channels/${workspace || '@me'}/${channel}/${id}` };
}

// A thread has the id of the message that it hangs under, so that nothing need be remembered about it.
async function reply(posting: Posting, message: OutboxMessage, parent: Receipt): Promise<Receipt> {
  if (posting.isThread(parent.channel)) return send(posting, message, parent.channel);
  if (posting.fresh.delete(parent.id) && !(await openThread(posting, message, parent))) return besideParent(posting, message, parent);
  for (let tries = 1; ; tries++) {
    try {
      return await send(posting, message, parent.id);
    } catch (error) {
      if (!(await mend(posting, message, parent, error, tries))) return besideParent(posting, message, parent);
    }
  }
}

async function send(posting: Posting, message: OutboxMessage, channel: string, more: object = {}): Promise<Receipt> {
  const sent = await posting.request('POST', `/channels/${channel}/messages`, {
    ...message.payload,
    ...more,
    nonce: message.key,
    enforce_nonce: true,
    allowed_mentions: { parse: [] },
  });
  // A proxy's page can come with status 200.
  if (!hasId(sent)) throw new OutcomeUnknown('the answer to a post was not Discord’s');
  return receiptOf(sent.id, channel, message);
}

function besideParent(posting: Posting, message: OutboxMessage, parent: Receipt): Promise<Receipt> {
  const reference = { message_id: parent.id, fail_if_not_exists: false };
  return send(posting, message, parent.channel, { message_reference: reference });
}

// True when the thread may be tried again, false when there can be none. Throws what is no matter of threads.
async function mend(posting: Posting, message: OutboxMessage, parent: Receipt, error: unknown, tries: number): Promise<boolean> {
  const code = codeOf(error);
  if (code === CODES.unknownChannel) {
    // The thread went while we were at it, which says nothing of the channel.
    if (tries > 1) throw new TryLater(AGAIN_MS, 'the thread is gone');
    return openThread(posting, message, parent);
  }
  if (code === CODES.archivedThread && tries === 1) {
    return prepare(posting.request('PATCH', `/channels/${parent.id}`, { archived: false }));
  }
  if (isNoThread(code)) return false;
  throw error;
}

function openThread(posting: Posting, { title }: OutboxMessage, parent: Receipt): Promise<boolean> {
  const thread = { name: clip(title, THREAD_NAME), auto_archive_duration: ARCHIVE_MINUTES };
  return prepare(posting.request('POST', `/channels/${parent.channel}/messages/${parent.id}/threads`, thread));
}

// A lost answer to these steps has delivered nothing, and they may be repeated.
async function prepare(step: Promise<unknown>): Promise<boolean> {
  try {
    await step;
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === CODES.threadExists) return true;
    if (isNoThread(code)) return false;
    throw verdictOf(error, false);
  }
}

const NO_THREAD: unknown[] = [
  CODES.unknownMessage,
  CODES.missingAccess,
  CODES.wrongChannelType,
  CODES.missingPermissions,
  CODES.archivedThread,
  CODES.threadLocked,
  CODES.tooManyThreads,
];

function isNoThread(code: unknown): boolean {
  return NO_THREAD.includes(code);
}

function remember(fresh: Set<string>, id: string): void {
  fresh.add(id);
  if (fresh.size > MOST_FRESH) fresh.delete(fresh.values().next().value!);
}

/** Whether this is Discord's answer to a message. */
export function hasId(sent: unknown): sent is { id: string } {
  return typeof sent === 'object' && sent !== null && 'id' in sent && typeof sent.id === 'string';
}
