import { verb } from '../../command.ts';
import { note, say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { topicsOf } from '../../db/topics.ts';
import { lastChange, takeBackChange } from '../../db/undo.ts';
import { byWhom, nextRunInWords } from '../words.ts';
import { channelHere } from './here.ts';
import { roundupInWords } from './roundup-in-words.ts';
import { voiceOf } from './voice.ts';

export const undo = verb<{ change: string | undefined }>({
  name: 'undo',
  summary: 'Take the last subscription back: topic, schedule, size and layout are what they were before',
  options: [],
  who: 'manager',
  audience: 'channel',
  // A button says which one it means, since another may have come after it.
  parse: (words) => (/^([0-9a-f]{8})?$/.test(words) ? { change: words || undefined } : undefined),
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const voice = voiceOf(channel);
    const [list, gets] = [`/roundup${voice('', ' me')} list`, voice('this channel gets', 'you get')];
    const change = await lastChange(deps.db, channel);
    if (!change) throw new UserError(`${voice('There is no subscription here', 'You have no subscription')} to take back. ${list} shows what ${gets}.`);
    if (call.args.change && call.args.change !== change.id) throw new UserError(`${voice('This channel was', 'You')} subscribed to something else since, or that is undone already. ${list} shows what ${gets}.`);
    const before = await takeBackChange(deps.db, channel, change, deps.now());
    if (before === false) throw new UserError(`What this had set was changed again since, so it can’t be undone. ${list} shows what ${gets}.`);
    if (!before) return say(`Undone${byWhom(call)}: ${voice('this channel has no roundup', 'you have no digest')}, as before.`);
    if (!change.was) return say(`Undone${byWhom(call)}: ${gets} no more ${voice('roundups', 'digests')}.`);
    const words = roundupInWords(before, await topicsOf(deps.db, before.id));
    return say(`Undone${byWhom(call)}: ${gets} ${words}, as before.`, note(`Next one: ${nextRunInWords(before)}.`));
  },
});
