import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { markFound, sendAgain } from '../../db/outbox.ts';
import { channelHere } from './here.ts';

const SETTLED = 'That message is not in doubt: somebody has sent it again, or it was found. /roundup status tells how things stand.';
const parse = (words: string) => (/^\d{1,15}$/.test(words) ? { id: Number(words) } : undefined);

export const found = verb<{ id: number }>({
  name: 'found',
  summary: 'Say that a message in doubt is there; /roundup status lists them',
  options: [{ name: 'message', summary: 'Its number', required: true }],
  who: 'manager',
  audience: 'asker',
  parse,
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    if (!(await markFound(deps.db, channel.id, call.args.id))) throw new UserError(SETTLED);
    return say('Good: it counts as sent.');
  },
});

export const resend = verb<{ id: number }>({
  name: 'resend',
  summary: 'Send a message again that is in doubt; /roundup status lists them',
  options: [{ name: 'message', summary: 'Its number', required: true }],
  who: 'manager',
  audience: 'asker',
  parse,
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    if (!(await sendAgain(deps.db, channel.id, call.args.id, deps.now()))) throw new UserError(SETTLED);
    deps.sendSoon();
    return say('It is sent again.');
  },
});
