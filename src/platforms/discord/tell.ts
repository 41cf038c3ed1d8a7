// A word to one person, in direct messages.
import type { Payload } from '../../core/platform.ts';
import { TryLater } from '../../core/errors.ts';
import type { Request } from './rest.ts';
import { NOT_DISCORD, verdictOf } from './verdict.ts';

const AGAIN_MS = 30_000;

/** Opens the direct-message channel, or finds it open, and says `payload` there; returns its id. Throws as `post` does. */
export async function tell(request: Request, person: string, payload: Payload): Promise<string> {
  const channel = (await request('POST', '/users/@me/channels', { recipient_id: person }).catch((error: unknown) => {
    throw verdictOf(error, false);
  })) as { id?: string };
  if (!channel.id) throw new TryLater(AGAIN_MS, NOT_DISCORD);
  await request('POST', `/channels/${channel.id}/messages`, { ...payload, allowed_mentions: { parse: [] } }).catch((error: unknown) => {
    throw verdictOf(error);
  });
  return channel.id;
}
