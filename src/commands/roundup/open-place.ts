import type { Deps } from '../../command.ts';
import type { Call, ChannelRef } from '../../core/chat.ts';
import { NotAllowed, UserError, wordsOf } from '../../core/errors.ts';
import { checkMayPost } from './here.ts';

/** Where a subscription is posted, once that is sure to work: in the channel, or in direct messages, opened with a first word. Throws UserError. */
export async function openPlace(call: Call, here: ChannelRef, known: boolean, deps: Deps): Promise<ChannelRef> {
  if (here.person !== undefined && !known) return openOwn(call, deps);
  await checkMayPost(here, 'subscribe', deps);
  return here;
}

async function openOwn(call: Call, deps: Deps): Promise<ChannelRef> {
  try {
    return await deps.openDirect(call);
  } catch (error) {
    if (error instanceof NotAllowed) throw new UserError(`Paperround can’t send you direct messages. ${error.fix} Then subscribe again.`);
    deps.log.warn({ error: wordsOf(error) }, 'direct messages not opened');
    throw new UserError('Your direct messages can’t be reached just now. Subscribe again in a minute.');
  }
}
