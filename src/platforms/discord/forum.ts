// A roundup as a post in a forum: a thread with its first message, under the forum's own tags.
import type { ForumPost, OutboxMessage, Receipt } from '../../core/platform.ts';
import { OutcomeUnknown } from '../../core/errors.ts';
import { clip } from '../../core/text.ts';
import { bodyOf, hasId, receiptOf, type Posting } from './posting.ts';
import { asksForTag, type ChannelObject } from './rights.ts';
import { tagsFor } from './tags.ts';
import { verdictOf } from './verdict.ts';

/** Source: Start Thread in Forum or Media Channel: name 1 to 100. */
const NAME = 100;

/**
 * Begins a post. Its first message has the id of its thread. There is no nonce for it, so that a post whose answer was
 * lost has to be looked for: see `findPost`.
 */
export async function beginPost(posting: Posting, message: OutboxMessage, post: ForumPost): Promise<Receipt> {
  const path = `/channels/${message.channel.id}` as const;
  // Nothing was posted by a look at the tags.
  const forum = (await posting.request('GET', path).catch((error: unknown) => {
    throw verdictOf(error, false);
  })) as ChannelObject;
  const begun = await posting.request('POST', `${path}/threads`, {
    name: postName(post),
    applied_tags: tagsFor(post.about, forum.available_tags ?? [], asksForTag(forum)),
    message: bodyOf(message),
  });
  // A proxy's page can come with status 200.
  if (!hasId(begun)) throw new OutcomeUnknown('the answer to a post was not Discord’s');
  return receiptOf(begun.id, begun.id, message);
}

export function postName({ name }: ForumPost): string {
  return clip(name, NAME).trim() || 'Untitled';
}
