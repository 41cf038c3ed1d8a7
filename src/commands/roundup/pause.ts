import { wordlessVerb } from '../../command.ts';
import { note, say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { pauseOnce, refOf, resumeChannel } from '../../db/channels.ts';
import { byWhom, nextRunInWords } from '../words.ts';
import { channelHere, checkMayPost } from './here.ts';
import { resumePress } from './presses.ts';
import { voiceOf } from './voice.ts';

export const pause = wordlessVerb({
  name: 'pause',
  summary: 'Stop the roundup for a while; nothing is forgotten',
  who: 'manager',
  audience: 'channel',
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const voice = voiceOf(channel);
    const actions = [resumePress(voice)];
    const links = channel.owner === null && channel.links && deps.can(channel.platform).links ? [note('Links to papers get no preview meanwhile.')] : [];
    if (await pauseOnce(deps.db, channel, `by ${call.person.name ?? call.person.id}`)) return { ...say(voice(`The roundup is paused here${byWhom(call)}.`, 'Your digest is paused.'), ...links), actions };
    throw new UserError(`${voice('There is nothing to pause here. Next roundup', 'There is nothing to pause. Next digest')}: ${nextRunInWords(await channelHere(call.channel, deps))}.`, actions);
  },
});

export const resume = wordlessVerb({
  name: 'resume',
  summary: 'Go on after a pause',
  who: 'manager',
  audience: 'channel',
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    // Begun anew, a slot that waits for its sources would be lost.
    if (!channel.pausedWhy) throw new UserError(`The roundup runs here already. Next one: ${nextRunInWords(channel)}.`);
    await checkMayPost(refOf(channel), 'resume', deps);
    const running = await resumeChannel(deps.db, channel, deps.now());
    return say(`${voiceOf(channel)(`The roundup goes on here, resumed${byWhom(call)}`, 'Your digest goes on')}. Next one: ${nextRunInWords(running)}.`);
  },
});
