// `/roundup reading weekly`: what we read, told by itself when the week or month is over.
import { verb } from '../../command.ts';
import { note, press, say, type Doc } from '../../core/doc.ts';
import { periodInWords, type Reading } from '../../core/reading.ts';
import { localDate, nextSlot } from '../../core/schedule.ts';
import { setReading, type Channel } from '../../db/channels.ts';
import { byWhom, instantInWords } from '../words.ts';
import { channelHere } from './here.ts';

type Change = Reading | 'off';

export const reading = verb<{ change: Change | undefined }>({
  name: 'reading',
  summary: 'What we read, posted here when the week or month is over: weekly, monthly or off',
  options: [{ name: 'change', summary: 'weekly, monthly or off; nothing: how it is set' }],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const said = words.toLowerCase();
    if (said === '') return { change: undefined };
    return said === 'weekly' || said === 'monthly' || said === 'off' ? { change: said } : undefined;
  },
  changes: ({ change }) => change !== undefined,
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const { change } = call.args;
    if (change === undefined) return asItIs(channel);
    if (change === 'off') {
      await setReading(deps.db, channel, null, '');
      return say(`What we read is no longer posted here; /paper read-list still tells whoever asks. Set${byWhom(call)}.`);
    }
    // What is set already goes on as it was: a period that is to be told soon isn't lost.
    const set = channel.reading === change ? channel : await setReading(deps.db, channel, change, localDate(deps.now(), channel.zone));
    return say(`What we read is posted here ${change}, without names. Set${byWhom(call)}.`, note(nextInWords(set)));
  },
});

function asItIs(channel: Channel): Doc {
  if (!channel.reading) {
    return {
      ...say('What we read is not posted here by itself.', note('/paper read-list tells whoever asks.')),
      actions: [press('Weekly', 'Weekly: post what we read here', 'roundup', 'reading weekly'), press('Monthly', 'Monthly: post what we read here', 'roundup', 'reading monthly')],
    };
  }
  return {
    ...say(`What we read is posted here ${channel.reading}, without names.`, note(nextInWords(channel))),
    actions: [press('Switch off', 'Switch off: no longer post what we read here', 'roundup', 'reading off')],
  };
}

/** `weekly; next: 27 July to 2 August 2026, on Mon 3 Aug, 09:00 (Europe/Berlin)`, for a channel that has it. */
export function readingInWords(channel: Channel): string {
  const { reading, readingOn, pausedWhy } = channel;
  if (!reading || !readingOn) return 'not posted by itself';
  return `${reading}; next: ${periodInWords(reading, readingOn)}${pausedWhy ? ', once the roundup goes on' : `, on ${instantInWords(slotAfter(channel, readingOn), channel.zone)}`}`;
}

function nextInWords(channel: Channel): string {
  const words = readingInWords(channel).replace(/^\w+; next: /, '');
  return `Next: ${words}. Nothing is posted when nobody read or saved a paper.`;
}

/** The first roundup after the period's last day brings it. */
function slotAfter(channel: Channel, end: string): Date {
  let slot = { on: channel.nextDueOn, dueAt: channel.nextDueAt };
  while (slot.on <= end) slot = nextSlot(channel, slot.dueAt);
  return slot.dueAt;
}
