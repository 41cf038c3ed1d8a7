// What an earlier try left behind in a forum: our own post, known by its first message's words.
import type { ForumPost, OutboxMessage, Receipt } from '../../core/platform.ts';
import { OutcomeUnknown, TryLater } from '../../core/errors.ts';
import { postName } from './forum.ts';
import { receiptOf, type Posting } from './posting.ts';
import { isSame, type Fetched } from './same.ts';
import { CODES, codeOf, NOT_DISCORD } from './verdict.ts';

/** What is read of a thread. */
interface Thread {
  id: string;
  name: string;
  owner_id: string;
  parent_id: string | null;
  thread_metadata: { archive_timestamp: string };
}

/** Source: List Public Archived Threads. */
const PAGE = 100;
/** A forum of which more than a thousand posts were closed since the first try is not searched to its end. */
const PAGES = 10;
const AGAIN_MS = 30_000;

/** Looks among the posts that the bot has begun since then: the open ones, then those that somebody has closed meanwhile. */
export async function findPost(posting: Posting, message: OutboxMessage, post: ForumPost, since: Date, after: string): Promise<Receipt | undefined> {
  const { id: forum, workspace } = message.channel;
  const { threads: open } = await list(posting, `/guilds/${workspace}/threads/active`);
  const ours = (threads: Thread[]) =>
    threads
      .filter(({ id, owner_id: owner, parent_id: parent }) => parent === forum && owner === posting.me && BigInt(id) > BigInt(after))
      // It may have been renamed since; as a rule it was not.
      .sort((a, b) => Number(b.name === postName(post)) - Number(a.name === postName(post)));
  const found = await firstSame(posting, message, ours(open));
  if (found) return found;
  let before = '';
  for (let page = 0; page < PAGES; page++) {
    const { threads, has_more: more } = await list(posting, `/channels/${forum}/threads/archived/public?limit=${PAGE}${before && `&before=${encodeURIComponent(before)}`}`);
    const closed = await firstSame(posting, message, ours(threads));
    if (closed) return closed;
    before = threads.at(-1)?.thread_metadata.archive_timestamp ?? '';
    // Those that were closed last come first.
    if (!more || !before || Date.parse(before) < since.getTime()) return undefined;
  }
  throw new OutcomeUnknown('too many posts since the first try');
}

async function firstSame(posting: Posting, message: OutboxMessage, threads: Thread[]): Promise<Receipt | undefined> {
  for (const { id } of threads) {
    const first = await posting.request('GET', `/channels/${id}/messages/${id}`).catch((error: unknown) => {
      // Somebody has deleted it.
      if ([CODES.unknownMessage, CODES.unknownChannel].some((code) => code === codeOf(error))) return undefined;
      throw error;
    });
    if (first && isSame(first as Fetched, message)) return receiptOf(id, id, message);
  }
  return undefined;
}

async function list(posting: Posting, path: `/${string}`): Promise<{ threads: Thread[]; has_more?: boolean }> {
  const answer = (await posting.request('GET', path)) as { threads?: Thread[]; has_more?: boolean };
  // A proxy's page can come with status 200. Nothing was delivered by a look, so it may be repeated.
  if (!Array.isArray(answer.threads)) throw new TryLater(AGAIN_MS, NOT_DISCORD);
  return { ...answer, threads: answer.threads };
}
