import { wordlessVerb } from '../../command.ts';
import { say, type Block } from '../../core/doc.ts';
import { dateInWords } from '../../core/schedule.ts';
import { count } from '../../core/text.ts';
import { listRoundups } from '../../db/roundups.ts';
import { channelHere } from './here.ts';

const MOST = 14;

const KINDS = { daily: '', extra: ', extra', weekly: ', weekly' } as const;
const STATES = { waiting: 'waiting for its sources', queued: 'on its way', sent: 'posted', skipped: 'skipped', failed: 'failed' } as const;

export const history = wordlessVerb({
  name: 'history',
  summary: 'The last roundups here: posted, skipped or failed, and why',
  who: 'anyone',
  audience: 'asker',
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const past = await listRoundups(deps.db, channel, MOST);
    if (past.length === 0) return say('There has been no roundup here yet.');
    return {
      title: 'Roundups of this channel',
      summary: `The last ${count(past.length, 'roundup')} of this channel.`,
      blocks: past.map(
        ({ on, kind, status, why, papers }): Block => ({
          kind: 'item',
          title: { text: `${dateInWords(on)}${KINDS[kind]}`, bold: true },
          facts: [STATES[status], ...(papers ? [count(papers, 'paper')] : []), ...(why ? [why] : [])],
        }),
      ),
    };
  },
});
