import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { count } from '../../core/text.ts';
import { setSize } from '../../db/channels.ts';
import { byWhom } from '../words.ts';
import { channelHere } from './here.ts';
import { voiceOf } from './voice.ts';

/** As many as fit one message of every platform with their facts. */
const MOST = 25;

export const size = verb<{ papers: number }>({
  name: 'size',
  summary: 'How many papers a roundup has at the most',
  options: [{ name: 'papers', summary: `A number from 1 to ${MOST}`, required: true }],
  who: 'manager',
  audience: 'channel',
  parse: (words) => (/^(top )?\d{1,4}$/.test(words) ? { papers: Number(words.replace('top ', '')) } : undefined),
  async run(call, deps) {
    const { papers } = call.args;
    checkSize(papers);
    const channel = await channelHere(call.channel, deps);
    await setSize(deps.db, channel, papers);
    return say(`${voiceOf(channel)('This channel’s roundup', 'Your digest')} now has at most ${count(papers, 'paper')}${byWhom(call, 'set')}.`);
  },
});

/** Throws UserError for a number of papers that no roundup can have. */
export function checkSize(papers: number): void {
  if (papers < 1 || papers > MOST) throw new UserError(`A roundup has 1 to ${MOST} papers. Choose a number in between.`, [], 'size');
}
