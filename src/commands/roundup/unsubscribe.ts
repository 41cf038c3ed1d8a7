import { verb } from '../../command.ts';
import { note, say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { listed } from '../../core/text.ts';
import { pauseChannel, UNSUBSCRIBED } from '../../db/channels.ts';
import { topicLabel, topicsOf, unfollowTopic } from '../../db/topics.ts';
import { byWhom, press } from '../words.ts';
import { channelHere, findHere } from './here.ts';
import { voiceOf } from './voice.ts';

/** Source: Discord's application command reference, of a choice's value. */
const LONGEST = 100;

export const unsubscribe = verb<{ topic: string }>({
  name: 'unsubscribe',
  summary: 'Take a topic away; “all” ends the roundup here',
  options: [{ name: 'topic', summary: 'A topic of this channel, or all', required: true, suggests: true }],
  who: 'manager',
  audience: 'channel',
  parse: (words) => (words ? { topic: words } : undefined),
  async complete(typed, deps, _option, call) {
    const channel = await findHere(call.channel, deps);
    if (!channel) return [];
    // A topic that is too long to be filled in stands under its number.
    const topics = (await topicsOf(deps.db, channel.id)).map((topic) => ({ label: topicLabel(topic), value: topicLabel(topic).length <= LONGEST ? topicLabel(topic) : `#${topic.id}` }));
    return [...topics, { label: voiceOf(channel)('all: no more roundups here', 'all: no more digests'), value: 'all' }].filter(({ label }) => bare(label).includes(bare(typed)));
  },
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const voice = voiceOf(channel);
    const topics = await topicsOf(deps.db, channel.id);
    const end = voice('/roundup unsubscribe all', '/roundup me off');
    const said = bare(call.args.topic);
    if (said === 'all' || said === 'everything') {
      for (const topic of topics) await unfollowTopic(deps.db, channel, topic);
      await pauseChannel(deps.db, channel, UNSUBSCRIBED);
      return {
        ...say(voice(`This channel gets no more roundups${byWhom(call, 'ended')}.`, 'You get no more digests.'), note('Schedule and size are kept, should you come back.')),
        actions: [press('Subscribe again', 'Subscribe again to everything that trends', 'roundup', 'subscribe')],
      };
    }
    const topic = topics.find((one) => bare(one.query) === said || one.name === said || `#${one.id}` === said);
    if (!topic) {
      const has = topics.length ? `${voice('It follows', 'You follow')} ${listed(topics.map(topicLabel))}.` : `${voice('It follows', 'You follow')} everything that trends; “${end}” ends that.`;
      throw new UserError(`${voice('This channel doesn’t', 'You don’t')} follow “${call.args.topic}”. ${has}`);
    }
    await unfollowTopic(deps.db, channel, topic);
    const left = topics.filter(({ id }) => id !== topic.id);
    const now = left.length ? `${voice('It still follows', 'You still follow')} ${listed(left.map(topicLabel))}.` : `With no topic left, ${voice('it gets', 'you get')} everything that trends; “${end}” ends ${voice('the roundup', 'your digest')}.`;
    return say(`${voice('This channel no longer follows', 'You no longer follow')} ${topicLabel(topic)}${byWhom(call, 'taken away')}. ${now}`);
  },
});

function bare(topic: string): string {
  return topic.trim().replace(/["“”]/g, '').toLowerCase();
}
