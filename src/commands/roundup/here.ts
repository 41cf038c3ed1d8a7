import type { Deps } from '../../command.ts';
import type { ChannelRef } from '../../core/chat.ts';
import { UserError } from '../../core/errors.ts';
import { findChannel, type Channel } from '../../db/channels.ts';
import { press } from '../words.ts';
import { voiceOf } from './voice.ts';

/** Throws a UserError with what to do where Paperround may not post; `then` is what to do again behind that. */
export async function checkMayPost(ref: ChannelRef, then: string, deps: Deps): Promise<void> {
  const can = await deps.preflight(ref);
  if (!can.ok) throw new UserError(`${can.problem} ${can.fix} Then ${then} again.`);
}

/** The subscribed channel in which the call was made; in a thread, that of the thread itself, else of its channel. */
export async function findHere(ref: ChannelRef, deps: Deps): Promise<Channel | undefined> {
  return (await findChannel(deps.db, ref)) ?? (ref.parent ? findChannel(deps.db, { ...ref, id: ref.parent }) : undefined);
}

/** As `findHere`; where there is none, throws a UserError that offers to subscribe. */
export async function channelHere(ref: ChannelRef, deps: Deps): Promise<Channel> {
  const channel = await findHere(ref, deps);
  if (channel) return channel;
  const voice = voiceOf(ref);
  throw new UserError(voice('This channel has no roundup yet. Start one with /roundup subscribe.', 'You have no digest yet. Start one with /roundup me subscribe, or with a topic: /roundup me subscribe nlp at 9.'), [
    press('Subscribe', voice('Subscribe this channel to everything that trends', 'Subscribe to a digest of everything that trends'), 'roundup', 'subscribe'),
    press('Preview', 'Preview what would be posted', 'roundup', 'preview'),
  ]);
}
