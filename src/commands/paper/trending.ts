import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import type { TrendingWindow } from '../../core/rank.ts';
import { listItem } from '../../core/roundup.ts';
import { clip, count, plain } from '../../core/text.ts';
import { press } from '../words.ts';

const WINDOWS = ['day', 'week', 'month'] as const;
const WHEN: Record<TrendingWindow, string> = { day: 'today', week: 'this week', month: 'this month' };
const SIZE = 10;

export const trending = verb<{ window: TrendingWindow }>({
  name: 'trending',
  summary: 'What trends: day, week or month',
  options: [{ name: 'window', summary: 'day, week or month' }],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const said = words.toLowerCase().replace(/^(this|of the) /, '').replace(/^today$/, 'day');
    const window = WINDOWS.find((name) => name === (said || 'day'));
    return window && { window };
  },
  async run(call, deps) {
    const { window } = call.args;
    const { items, doc } = await deps.makeRoundup({ channel: undefined, ref: call.channel, window, size: SIZE });
    const first = items[0];
    if (!first) return say('Nothing trends: no paper has come in yet. Try again in a few minutes.');
    return {
      title: `Trending ${WHEN[window]}`,
      summary: `${count(items.length, 'paper')} trending ${WHEN[window]}, first “${clip(plain(first.paper.title), 120)}”.`,
      blocks: [
        ...items.map((item, i) => listItem(item, i + 1, false)),
        ...doc.blocks.filter((block) => block.kind === 'note'),
      ],
      actions: WINDOWS.filter((name) => name !== window).map((name) => press(`Trending ${WHEN[name]}`, `Trending ${WHEN[name]}`, 'paper', `trending ${name}`)),
    };
  },
});
