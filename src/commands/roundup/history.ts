import { wordlessVerb } from '../../command.ts';
import { say, type Block } from '../../core/doc.ts';
import { dateInWords } from '../../core/schedule.ts';
import { count } from '../../core/text.ts';
import { countMessages } from '../../db/delivery-trouble.ts';
import { listRoundups } from '../../db/roundups.ts';
import { channelHere } from './here.ts';
import { stateInWords } from './states.ts';
import { voiceOf } from './voice.ts';

const MOST = 14;

const KINDS = { daily: '', extra: ', extra', weekly: ', what we read that week', monthly: ', what we read that month' } as const;

export const history = wordlessVerb({
  name: 'history',
  summary: 'The last roundups here: posted, skipped, failed or in doubt, and why',
  who: 'anyone',
  audience: 'asker',
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const past = await listRoundups(deps.db, channel, MOST);
    const ids = past.map(({ id }) => id);
    const messages = await countMessages(deps.db, ids);
    if (past.length === 0) return say(voiceOf(channel)('There has been no roundup here yet. /roundup preview shows what the next one would have.', 'No digest has come yet. /roundup me preview shows what the next one would have.'));
    return {
      title: voiceOf(channel)('Roundups of this channel', 'Your digests'),
      summary: voiceOf(channel)(`The last ${past.length === 1 ? 'roundup' : count(past.length, 'roundup')} of this channel.`, `Your last ${past.length === 1 ? 'digest' : count(past.length, 'digest')}.`),
      blocks: past.map(
        ({ papers, ...one }): Block => ({
          kind: 'item',
          title: { text: `${dateInWords(one.on)}${KINDS[one.kind]}`, bold: true },
          facts: [stateInWords(one, messages.get(one.id) ?? {}), ...(papers ? [count(papers, 'paper')] : [])],
        }),
      ),
    };
  },
});
