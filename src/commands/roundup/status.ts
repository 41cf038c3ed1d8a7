import { wordlessVerb } from '../../command.ts';
import type { Preflight } from '../../core/platform.ts';
import { text, type Block } from '../../core/doc.ts';
import { wordsOf } from '../../core/errors.ts';
import { dateInWords, scheduleInWords } from '../../core/schedule.ts';
import { sourceName } from '../../core/source.ts';
import { hasEnded, refOf, type Channel } from '../../db/channels.ts';
import { countMessages } from '../../db/delivery-trouble.ts';
import { listDoubtful } from '../../db/outbox.ts';
import { lastSent, listRoundups, type Roundup } from '../../db/roundups.ts';
import { sourceHealth } from '../../db/source-runs.ts';
import { instantInWords, press } from '../words.ts';
import { endedDoc } from './ended.ts';
import { channelHere } from './here.ts';
import { readingInWords } from './reading.ts';
import { resumePress } from './presses.ts';
import { pauseInWords, stateInWords } from './states.ts';
import { voiceOf } from './voice.ts';

export const status = wordlessVerb({
  name: 'status',
  summary: 'Is all well here: next and last roundup, permissions, sources',
  who: 'anyone',
  audience: 'asker',
  async run(call, deps) {
    const { db } = deps;
    const channel = await channelHere(call.channel, deps);
    if (hasEnded(channel)) return endedDoc(channel);
    const voice = voiceOf(channel);
    const preflight = await deps.preflight(refOf(channel)).catch(unchecked);
    const [latest] = await listRoundups(db, channel, 1);
    const messages = await countMessages(db, latest ? [latest.id] : []);
    const last = await lastSent(db, channel);
    const doubtful = await listDoubtful(db, channel.id);
    const health = await sourceHealth(db, deps.now());
    const well = preflight.ok && !channel.pausedWhy && doubtful.length === 0 && latest?.status !== 'failed';
    const summary = well ? 'All is well here.' : 'Something here needs a person to look at it.';
    return {
      title: voice('Status of this channel', 'Status of your digest'),
      summary,
      blocks: [
        text(summary),
        ...(channel.pausedWhy ? [pausedItem(channel)] : []),
        item(voice('Next roundup', 'Next digest'), [channel.pausedWhy ? 'none while it is paused' : nextInWords(channel, latest, deps.now()), scheduleInWords(channel)]),
        ...(channel.reading ? [item('What we read', [readingInWords(channel)])] : []),
        item(voice('Latest roundup', 'Latest digest'), latest ? [dateInWords(latest.on), stateInWords(latest, messages.get(latest.id) ?? {})] : ['none yet']),
        item('Last delivery', last?.sentAt ? [instantInWords(last.sentAt, channel.zone), last.roundup.title] : ['none yet']),
        item('Permissions', preflight.ok ? [voice('Paperround may post here', 'Paperround may write to you')] : [preflight.problem, preflight.fix].filter(Boolean)),
        ...health.map(({ name, lastGoodAt, failingSince, error }) =>
          item(sourceName(name), [
            lastGoodAt ? `last read ${instantInWords(lastGoodAt, channel.zone)}` : 'never read',
            ...(failingSince ? [`failing since ${instantInWords(failingSince, channel.zone)}: ${error ?? 'no reason given'}`] : []),
          ]),
        ),
        ...doubtful.map(
          ({ id, on, error }): Block => ({
            ...item(`In doubt: the ${voice('roundup', 'digest')} of ${dateInWords(on)}`, [error ?? 'its answer was lost']),
            body: `Nobody knows whether this message got through. Look in ${voice('the channel', 'your direct messages with Paperround')}; if it isn’t there, send it again.`,
            actions: [
              press('It is there', `It is there: the message of ${dateInWords(on)}`, 'roundup', `found ${id}`),
              press('Send again', `Send again: the message of ${dateInWords(on)}`, 'roundup', `resend ${id}`),
            ],
          }),
        ),
        text(`What was posted before: /roundup${voice('', ' me')} history. Why a paper was or wasn’t: /roundup${voice('', ' me')} why 2607.01234.`),
      ],
    };
  },
});

function pausedItem(channel: Channel): Block {
  const lost = channel.pausedCode !== null;
  const voice = voiceOf(channel);
  const resume = lost ? 'Check and resume' : 'Resume';
  return {
    ...item(lost ? voice('Paused: Paperround lost this channel', 'Paused: Paperround can’t write to you') : 'Paused', pauseInWords(channel)),
    ...(lost ? { body: 'Schedule and topics are kept. When it is mended, check and resume: that looks first whether Paperround may post here.' } : {}),
    actions: [resumePress(voice, resume)],
  };
}

// A slot that is past is dealt with by the next tick, or waits for its sources.
function nextInWords(channel: Channel, latest: Roundup | undefined, now: Date): string {
  const due = instantInWords(channel.nextDueAt, channel.zone);
  if (channel.nextDueAt > now) return due;
  const waits = latest?.status === 'waiting' && latest.on === channel.nextDueOn;
  return `due since ${due}${waits ? `, ${latest.why ?? 'waiting for its sources'}` : ''}`;
}

function unchecked(error: unknown): Preflight {
  return { ok: false, code: 'unchecked', problem: `They could not be checked: ${wordsOf(error)}.`, fix: 'Try again in a minute.' };
}

function item(title: string, facts: string[]): Extract<Block, { kind: 'item' }> {
  return { kind: 'item', title: { text: title, bold: true }, facts };
}
