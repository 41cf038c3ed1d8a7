// What an earlier try left behind: our own message in the channel, known by its nonce or by its words.
import type { OutboxMessage, Payload, Receipt } from '../../core/chat.ts';
import { OutcomeUnknown, TryLater } from '../../core/errors.ts';
import { receiptOf, type Posting } from './post.ts';
import { CODES, codeOf, verdictOf } from './verdict.ts';

/** What is read of a fetched message. */
interface Fetched {
  id: string;
  nonce?: string | number;
  author: { id: string };
  content?: string;
  embeds?: { title?: string; description?: string }[];
}

/** Source: Get Channel Messages. */
const PAGE = 100;
/** A channel with more than a thousand messages since the first try is not searched to its end. */
const PAGES = 10;
/** Our clock and Discord's may differ; a message that is not looked for far enough back would be sent twice. */
const MARGIN_MS = 15 * 60_000;
const AGAIN_MS = 30_000;
const DISCORD_EPOCH = 1_420_070_400_000;

/**
 * The message that an earlier try posted, if it got through. Discord gives a message's nonce back only at times, so
 * without one a message of the bot's own with the same words counts. It has them: only messages that are known to be
 * sent are edited (db/edits.ts). Throws when that can't be told: a verdict like
 * those of `post`, TryLater when the answer was not Discord's, or OutcomeUnknown when the channel is too busy to be searched.
 */
export async function find(posting: Posting, message: OutboxMessage): Promise<Receipt | undefined> {
  if (!message.firstTriedAt) return undefined;
  const after = snowflakeAt(message.firstTriedAt.getTime() - MARGIN_MS);
  if (message.parent && !posting.isThread(message.parent.channel)) {
    const inThread = await findIn(posting, message, message.parent.id, after).catch((error: unknown) => {
      if (codeOf(error) === CODES.unknownChannel) return undefined;
      throw verdictOf(error, false);
    });
    if (inThread) return inThread;
  }
  return findIn(posting, message, message.parent?.channel ?? message.channel.id, after).catch((error: unknown) => {
    throw verdictOf(error, false);
  });
}

async function findIn(posting: Posting, message: OutboxMessage, channel: string, start: string): Promise<Receipt | undefined> {
  let after = start;
  for (let page = 0; page < PAGES; page++) {
    const fetched = await posting.request('GET', `/channels/${channel}/messages?after=${after}&limit=${PAGE}`);
    // A proxy's page can come with status 200. Nothing was delivered by a look, so it may be repeated.
    if (!Array.isArray(fetched)) throw new TryLater(AGAIN_MS, 'the answer to a search was not Discord’s');
    const messages = fetched as Fetched[];
    const ours = messages.find((candidate) => candidate.author.id === posting.me && isSame(candidate, message));
    if (ours) return receiptOf(ours.id, channel, message);
    if (messages.length < PAGE) return undefined;
    after = messages.map(({ id }) => BigInt(id)).reduce((a, b) => (a > b ? a : b)).toString();
  }
  throw new OutcomeUnknown('too many messages since the first try');
}

function isSame(fetched: Fetched, { key, payload }: OutboxMessage): boolean {
  return fetched.nonce === undefined ? wordsIn(fetched) === wordsIn(payload) : String(fetched.nonce) === key;
}

// Discord trims and refolds white space in what it stores.
function wordsIn({ content, embeds }: Payload | Fetched): string {
  const parts = ((embeds ?? []) as NonNullable<Fetched['embeds']>).flatMap(({ title, description }) => [title, description]);
  return [content as string | undefined, ...parts].map((part) => (part ?? '').replace(/\s+/g, ' ').trim()).join('\n');
}

// Ids are ordered by time: milliseconds since Discord's first second of 2015, shifted over 22 bits.
function snowflakeAt(ms: number): string {
  return (BigInt(Math.max(0, ms - DISCORD_EPOCH)) << 22n).toString();
}
