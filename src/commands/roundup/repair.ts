import { checkManages, verb } from '../../command.ts';
import type { Call } from '../../core/chat.ts';
import { say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { getChannel, refOf, type Channel } from '../../db/channels.ts';
import { takeBack } from '../../db/lost-channels.ts';
import { personIn } from '../../db/saves.ts';
import { nextRunInWords, pausedInWords, parseId, press } from '../words.ts';

/** What the person who subscribed a channel presses when it was lost: from anywhere, such as a direct message. */
export const repair = verb<{ id: number }>({
  name: 'repair',
  summary: 'Check a channel that you subscribed and that was lost, and go on',
  options: [{ name: 'channel', summary: 'Its number, from the message that told you', required: true }],
  who: 'anyone',
  audience: 'asker',
  parse: parseId,
  async run(call, deps) {
    const channel = await getChannel(deps.db, call.args.id);
    // One answer for what isn't there and what isn't theirs: nobody learns which channels others have.
    if (!channel || !isTheirs(call, channel)) throw new UserError('You have subscribed no channel of that number. In the channel itself, /roundup resume does the same.');
    if (!channel.pausedWhy) return say(`That channel’s roundup runs. Next one: ${nextRunInWords(channel)}.`);
    if (!channel.pausedCode) throw new UserError(`That channel’s roundup is ${pausedInWords(channel)}. Go on with /roundup resume in the channel.`);
    checkManages(await deps.standing(refOf(channel), call), call, deps);
    const can = await deps.preflight(refOf(channel));
    if (!can.ok) throw new UserError(`Not yet. ${can.problem} ${can.fix}`, [press('Check again', 'Check again whether Paperround may post there', 'roundup', `repair ${channel.id}`)]);
    return say(`The roundup goes on. Next one: ${nextRunInWords(await takeBack(deps.db, channel, deps.now()))}.`);
  },
});

// Where direct messages are a workspace of their own, a person has one id in all of them.
function isTheirs({ channel: here, person }: Call, channel: Channel): boolean {
  const place = here.platform === channel.platform && (here.workspace === person.home || here.workspace === channel.workspace);
  return place && personIn(channel.createdBy, channel) === person.id;
}
