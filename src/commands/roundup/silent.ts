import { verb } from '../../command.ts';
import { note, say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { setSilent } from '../../db/channels.ts';
import { byWhom } from '../words.ts';
import { channelHere } from './here.ts';
import { voiceOf } from './voice.ts';

export const silent = verb<{ on: boolean }>({
  name: 'silent',
  summary: 'Post without ringing anybody’s phone, where there is such a thing: on or off',
  options: [{ name: 'silence', summary: 'on: roundups come without a sound; off: as any message', required: true }],
  who: 'manager',
  audience: 'channel',
  parse: (words) => (/^(on|off)$/i.test(words) ? { on: words.toLowerCase() === 'on' } : undefined),
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    if (call.args.on && !deps.can(channel.platform).silent) throw new UserError(NO_SUCH_THING);
    await setSilent(deps.db, channel, call.args.on);
    const voice = voiceOf(channel);
    const how = call.args.on ? `without a sound: ${voice('they mark the channel as unread, and ring nobody’s phone', 'it marks your direct messages as unread, and doesn’t ring your phone')}` : 'as any other message, with a sound for whoever wants one';
    return say(`${voice('Roundups now come here', 'Your digest now comes')} ${how}${byWhom(call, 'set')}.`, note(voice('Either way they mention nobody.', 'Either way it mentions nobody.')));
  },
});

const NO_SUCH_THING = 'Messages can’t be silent here, so nothing was changed. Roundups mention nobody; who is still rung up by each message can mute the channel.';
