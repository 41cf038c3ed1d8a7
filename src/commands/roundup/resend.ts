import { verb, type Deps } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { markFound, sendAgain } from '../../db/outbox.ts';
import { parseId } from '../words.ts';
import { channelHere } from './here.ts';

/** What a person says of a message in doubt, who has looked in the channel. */
function verdict(name: string, summary: string, settle: (deps: Deps, channelId: number, id: number) => Promise<boolean>, done: string) {
  return verb<{ id: number }>({
    name,
    summary,
    options: [{ name: 'message', summary: 'Its number', required: true }],
    who: 'manager',
    audience: 'asker',
    parse: parseId,
    async run(call, deps) {
      const channel = await channelHere(call.channel, deps);
      if (await settle(deps, channel.id, call.args.id)) return say(done);
      throw new UserError('That message is not in doubt: somebody has sent it again, or it was found. /roundup status tells how things stand.');
    },
  });
}

async function resendIt(deps: Deps, channelId: number, id: number): Promise<boolean> {
  const again = await sendAgain(deps.db, channelId, id, deps.now());
  if (again) deps.sendSoon();
  return again;
}

export const resend = verdict('resend', 'Send a message again that is in doubt; /roundup status lists them', resendIt, 'It is sent again.');

export const found = verdict(
  'found',
  'Say that a message in doubt is there; /roundup status lists them',
  ({ db }, channelId, id) => markFound(db, channelId, id),
  'It counts as sent.',
);
