// Another payload for a message that was posted.
import type { PostedMessage } from '../../core/platform.ts';
import { OutcomeUnknown } from '../../core/errors.ts';
import { hasId } from './posting.ts';
import type { Request } from './rest.ts';
import { NOT_DISCORD, verdictOf } from './verdict.ts';

/**
 * Puts `payload` into the message, behind all that is to be posted: it shares the token's turns. Nobody is told. Throws as
 * `post` does; PayloadRefused or TryLater for a message that is older than an hour and was edited too often (30046).
 */
export async function edit(request: Request, { receipt, payload }: PostedMessage): Promise<void> {
  const { content, embeds, components } = payload;
  const shown = { content, embeds, components, allowed_mentions: { parse: [] } };
  const edited = await request('PATCH', `/channels/${receipt.channel}/messages/${receipt.id}`, shown, 'last').catch((error: unknown) => {
    throw verdictOf(error);
  });
  if (!hasId(edited)) throw new OutcomeUnknown(NOT_DISCORD);
}
