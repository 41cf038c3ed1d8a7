// Which channels a person is in, as Slack knows now.
import type { webApi } from '@slack/bolt';
import type { IsIn } from '../../core/chat.ts';
import { UserError, wordsOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Bot } from './bot.ts';

/** Conversations to a page, and pages at the most. Slack recommends no more than 200, and takes some 50 requests a minute. */
const PAGE = 200;
const MOST_PAGES = 15;

export interface Membership {
  isIn: IsIn;
  /** The name of a channel that was found. */
  nameOf: (channel: string) => string | undefined;
  /** Of a channel that was found, whether all of the workspace may look. */
  isOpen: (channel: string) => boolean;
}

/**
 * For one look: pages are read until all that is asked for is found, and kept, so make it anew for each press. Slack tells
 * of public channels, and of those private ones that the bot is in, too.
 */
export function membership(client: webApi.WebClient, bot: () => Promise<Bot>, user: string, log: Log): Membership {
  const found = new Map<string, { name: string | undefined; open: boolean }>();
  let cursor: string | undefined = '';
  let pages = 0;

  async function readPage(): Promise<void> {
    const { token } = await bot();
    const from = cursor ? { cursor } : {};
    const answer = await client.users.conversations({ token, user, types: 'public_channel,private_channel', limit: PAGE, ...from });
    for (const { id, name, is_private: hidden } of answer.channels ?? []) found.set(id!, { name, open: hidden === false });
    cursor = answer.response_metadata?.next_cursor || undefined;
    pages++;
  }

  async function isIn(channels: string[]): Promise<string[]> {
    try {
      while (cursor !== undefined && pages < MOST_PAGES && !channels.every((id) => found.has(id))) await readPage();
    } catch (error) {
      log.warn({ user, error: wordsOf(error) }, 'slack did not tell which channels somebody is in');
      throw new UserError('Slack can’t tell right now which channels you are in. Try again in a minute.');
    }
    if (cursor !== undefined && pages === MOST_PAGES) log.warn({ user, pages }, 'somebody is in more channels than are looked through');
    return channels.filter((id) => found.has(id));
  }

  return { isIn, nameOf: (channel) => found.get(channel)?.name, isOpen: (channel) => found.get(channel)?.open === true };
}
