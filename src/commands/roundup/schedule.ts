import { verb } from '../../command.ts';
import { note, say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { parseSchedule, scheduleInWords } from '../../core/schedule.ts';
import { setSchedule } from '../../db/channels.ts';
import { byWhom, nextRunInWords } from '../words.ts';
import { channelHere } from './here.ts';
import { suggestZones } from './subscribe-form.ts';
import { voiceOf } from './voice.ts';

const SHORTEST = 2;
const MOST_ZONES = 25;

export const schedule = verb<{ words: string }>({
  name: 'schedule',
  summary: 'When the roundup comes: time, zone and days, any of them',
  options: [{ name: 'when', summary: 'Such as: 09:00 Europe/Berlin weekdays', required: true, suggests: true }],
  who: 'manager',
  audience: 'channel',
  parse: (words) => (words ? { words } : undefined),
  // The last word may be a zone that is only begun.
  async complete(typed) {
    const [, before = '', last = ''] = /^(.*?)(\S*)$/s.exec(typed) ?? [];
    return last.length < SHORTEST ? [] : suggestZones(last, MOST_ZONES).map((zone) => `${before}${zone}`);
  },
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const { zone, at, days } = channel;
    const wanted = parseSchedule(call.args.words, { zone, at, days });
    if (!wanted) throw new UserError(`“${call.args.words}” is not a time, a zone or days. Say it like “/roundup${voiceOf(channel)('', ' me')} schedule 09:00 Europe/Berlin weekdays”.`);
    const changed = await setSchedule(deps.db, channel, wanted, deps.now());
    return say(
      `${voiceOf(channel)('This channel’s roundup', 'Your digest')} now comes ${scheduleInWords(changed)}${byWhom(call, 'set')}.`,
      note(`Next one: ${nextRunInWords(changed)}. A day that had its ${voiceOf(channel)('roundup', 'digest')} gets no second one.`),
    );
  },
});
