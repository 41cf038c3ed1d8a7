import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { clip, plain } from '../../core/text.ts';
import { votePaper } from '../../db/saves.ts';
import { suggestPapers } from '../suggest.ts';
import { voiceOf } from '../roundup/voice.ts';
import { press } from '../words.ts';
import { getPaper, PAPER, readWhich, type Which } from './which.ts';

const VALUES = { up: 1, down: -1, clear: 0 } as const;
type Value = keyof typeof VALUES;
const DONE: Record<Value, string> = { up: 'Upvoted', down: 'Voted down', clear: 'Vote taken back' };

export const vote = verb<{ which: Which; value: Value }>({
  name: 'vote',
  summary: 'Vote a paper up or down for your team',
  options: [
    { name: 'value', summary: 'up, down or clear', required: true },
    PAPER,
  ],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const match = /^(up|down|clear)\s+(\S+)$/i.exec(words);
    const which = match && readWhich(match[2]!);
    return which ? { which, value: match[1]!.toLowerCase() as Value } : undefined;
  },
  async complete(typed, deps) {
    const [, value, words = ''] = /^(up|down|clear)\s+(.*)$/i.exec(typed) ?? [];
    return value ? (await suggestPapers(words, deps)).map((paper) => ({ ...paper, value: `${value} ${paper.value}` })) : [];
  },
  async run(call, deps) {
    const { which, value } = call.args;
    const paper = await getPaper(which, deps);
    await votePaper(deps.db, call, paper.id, VALUES[value], deps.now());
    const done = say(`${DONE[value]}: “${clip(plain(paper.title), 120)}”. ${voiceOf(call.channel)('Your team’s votes', 'Your votes')} count in what trends here.`);
    return value === 'clear' ? done : { ...done, actions: [press('Undo', `Undo: your vote on ${clip(plain(paper.title), 50)}`, 'paper', `vote clear id:${paper.id}`)] };
  },
});
