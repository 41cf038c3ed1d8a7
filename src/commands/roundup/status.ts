import { wordlessVerb } from '../../command.ts';
import { note, text, type Block } from '../../core/doc.ts';
import { dateInWords, scheduleInWords } from '../../core/schedule.ts';
import { sourceName } from '../../core/source.ts';
import { listDoubtful } from '../../db/outbox.ts';
import { lastSent } from '../../db/roundups.ts';
import { sourceHealth } from '../../db/source-runs.ts';
import { instantInWords, nextRunInWords, press } from '../words.ts';
import { channelHere } from './here.ts';

export const status = wordlessVerb({
  name: 'status',
  summary: 'Is all well here: next and last roundup, permissions, sources',
  who: 'anyone',
  audience: 'asker',
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const preflight = await deps.preflight(call.channel);
    const last = await lastSent(deps.db, channel);
    const doubtful = await listDoubtful(deps.db, channel.id);
    const health = await sourceHealth(deps.db, deps.now());
    const well = preflight.ok && !channel.pausedWhy && doubtful.length === 0;
    return {
      title: 'Status of this channel',
      summary: well ? 'All is well here.' : 'Something here needs a person to look at it.',
      blocks: [
        item('Next roundup', [nextRunInWords(channel), scheduleInWords(channel)]),
        item('Last roundup', last?.sentAt ? [instantInWords(last.sentAt, channel.zone), last.roundup.title] : ['none yet']),
        item('Permissions', preflight.ok ? ['Paperround may post here'] : [preflight.problem, preflight.fix]),
        ...health.map(({ name, lastGoodAt, failingSince, error }) =>
          item(sourceName(name), [
            lastGoodAt ? `last read ${instantInWords(lastGoodAt, channel.zone)}` : 'never read',
            ...(failingSince ? [`failing since ${instantInWords(failingSince, channel.zone)}: ${error ?? 'no reason given'}`] : []),
          ]),
        ),
        ...doubtful.map(
          ({ id, on, error }): Block => ({
            ...item(`In doubt: the roundup of ${dateInWords(on)}`, [error ?? 'its answer was lost']),
            body: 'Nobody knows whether this message got through. Look in the channel; if it isn’t there, send it again.',
            actions: [press('Send again', `Send the message of ${dateInWords(on)} again`, 'roundup', `resend ${id}`)],
          }),
        ),
        ...(well ? [] : [note('When it is mended, /roundup resume goes on.')]),
        text('What was posted before: /roundup history. Why a paper was or wasn’t: /roundup why 2607.01234.'),
      ],
    };
  },
});

function item(title: string, facts: string[]): Extract<Block, { kind: 'item' }> {
  return { kind: 'item', title: { text: title, bold: true }, facts };
}
