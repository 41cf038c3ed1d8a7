// What an earlier try left behind: our own message in the channel, known by its nonce or by its words.
import type { OutboxMessage, Receipt } from '../../core/platform.ts';
import { OutcomeUnknown, TryLater } from '../../core/errors.ts';
import { findPost } from './find-post.ts';
import { isForumPost, receiptOf, type Posting } from './posting.ts';
import { isSame, type Fetched } from './same.ts';
import { CODES, codeOf, verdictOf } from './verdict.ts';

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
  const since = new Date(message.firstTriedAt.getTime() - MARGIN_MS);
  const after = snowflakeAt(since.getTime());
  if (message.post) {
    return findPost(posting, message, message.post, since, after).catch((error: unknown) => {
      throw verdictOf(error, false);
    });
  }
  const { parent } = message;
  if (parent && message.channel.person === undefined && (isForumPost(parent) || !posting.isThread(parent.channel))) {
    const inThread = await findIn(posting, message, parent.id, after).catch((error: unknown) => {
      if (codeOf(error) === CODES.unknownChannel) return undefined;
      throw verdictOf(error, false);
    });
    // A forum has no other place for it.
    if (inThread || isForumPost(parent)) return inThread;
  }
  return findIn(posting, message, parent?.channel ?? message.channel.id, after).catch((error: unknown) => {
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

// Ids are ordered by time: milliseconds since Discord's first second of 2015, shifted over 22 bits.
function snowflakeAt(ms: number): string {
  return (BigInt(Math.max(0, ms - DISCORD_EPOCH)) << 22n).toString();
}
