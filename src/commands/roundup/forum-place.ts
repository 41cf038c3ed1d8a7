// Nobody can type in a forum, only in its posts: which of the two a subscription is for.
import type { Deps } from '../../command.ts';
import type { Call, ChannelRef } from '../../core/chat.ts';
import { UserError } from '../../core/errors.ts';
import { findChannel } from '../../db/channels.ts';
import { press } from '../words.ts';
import type { ForumPlace } from './one-line.ts';
import { topicPress } from './said-topic.ts';

/**
 * Where a subscription goes: what was said, else whichever has a roundup already. Throws a UserError with a button for
 * each where neither has, or where a forum is meant and there is none.
 */
export async function placeOf(call: Call, said: ForumPlace | undefined, deps: Deps): Promise<ChannelRef> {
  const { channel } = call;
  const forum = channel.postOf;
  if (!forum && said) throw new UserError('This is no post of a forum. Leave out “in this forum” or “in this post”, or say it in one.');
  const settled = await settledPlace(call, said, deps);
  if (!forum || settled) return settled ?? channel;
  const words = call.text.replace(/^\s*subscribe\s*/i, '').trimEnd();
  const button = async (label: string, says: string, place: ForumPlace) => press(label, says, 'roundup', await topicPress('subscribe', words, deps, ` in this ${place}`));
  throw new UserError(`This is a post in the forum “${forum.name ?? 'here'}”. Should each roundup be a post of its own in the forum, or come into this post?`, [
    await button('The whole forum', 'The whole forum: subscribe it', 'forum'),
    await button('This post', 'This post: subscribe it alone', 'post'),
  ]);
}

/** The same without asking: undefined where it is neither said nor known. */
export async function settledPlace({ channel }: Call, said: ForumPlace | undefined, { db }: Deps): Promise<ChannelRef | undefined> {
  const forum = channel.postOf;
  if (!forum || said === 'post' || (!said && (await findChannel(db, channel)))) return channel;
  return said === 'forum' || (await findChannel(db, forum)) ? forum : undefined;
}
