import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { setQuietPosts } from '../../db/channels.ts';
import { byWhom } from '../words.ts';
import { channelHere } from './here.ts';
import { voiceOf } from './voice.ts';

export const quiet = verb<{ on: boolean }>({
  name: 'quiet',
  summary: 'Say so, or not, on a day without new papers: on or off',
  options: [{ name: 'posts', summary: 'on: a quiet day gets one line; off: it gets no post', required: true }],
  who: 'manager',
  audience: 'channel',
  parse: (words) => (/^(on|off)$/i.test(words) ? { on: words.toLowerCase() === 'on' } : undefined),
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    await setQuietPosts(deps.db, channel, call.args.on);
    const what = call.args.on ? 'gets one line, with the reason' : `gets no post; /roundup${voiceOf(channel)('', ' me')} history has the reason`;
    return say(`A day without new papers ${what}${byWhom(call, 'set')}.`);
  },
});
