import { verb } from '../../command.ts';
import { UserError } from '../../core/errors.ts';
import { refOf } from '../../db/channels.ts';
import { topicsOf } from '../../db/topics.ts';
import { channelHere } from './here.ts';
import { readLine, type OneLine } from './one-line.ts';
import { foreseeIt, setUp, suggestFor } from './subscribe.ts';
import { changeForm } from './subscribe-form.ts';
import { voiceOf } from './voice.ts';

/** As `subscribe` in one line, for a channel that has a roundup: one that is paused stays so. */
export const change = verb<OneLine>({
  name: 'change',
  summary: 'Change hour, days, zone, size and layout, or add a topic; a pause stays a pause',
  options: [{ name: 'topic', summary: 'A topic to add; then, or alone: at 9 weekdays Europe/Berlin top 5 full', suggests: true }],
  who: 'manager',
  audience: 'channel',
  parse: readLine,
  complete: suggestFor,
  foresee: foreseeIt,
  async form(call, deps) {
    const channel = await channelHere(call.channel, deps);
    return changeForm({ ...channel, topics: deps.config.topics, now: deps.now(), own: channel.owner !== null }, await topicsOf(deps.db, channel.id));
  },
  async run(call, deps) {
    const { topic, when, size, layout } = call.args;
    const channel = await channelHere(call.channel, deps);
    if (!topic && !when && size === undefined && !layout) throw new UserError(`Say what to change, such as /roundup${voiceOf(channel)('', ' me')} change at 9 weekdays Europe/Berlin top 5.`);
    return setUp({ ...call, channel: refOf(channel) }, deps, { resumes: false });
  },
});
