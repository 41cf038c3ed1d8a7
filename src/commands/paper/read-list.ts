// `/paper read-list`: what we read, in this channel.
import { verb } from '../../command.ts';
import { note, press, say } from '../../core/doc.ts';
import { MOST_READ, readingDoc } from '../../core/reading.ts';
import { getPapers } from '../../db/papers.ts';
import { listReadHere } from '../../db/reading.ts';
import { voiceOf } from '../roundup/voice.ts';

const DAY = 86_400_000;
const DAYS = { week: 7, month: 30 } as const;
type Span = keyof typeof DAYS;

export const readList = verb<{ span: Span }>({
  name: 'read-list',
  summary: 'What we read: papers read and saved in this channel in the last week or month',
  options: [{ name: 'span', summary: 'week or month; week unless you say' }],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const said = words.toLowerCase().replace(/^(this|the last) /, '') || 'week';
    return said === 'week' || said === 'month' ? { span: said } : undefined;
  },
  async run(call, deps) {
    const { span } = call.args;
    const now = deps.now().getTime();
    // What is said in this very moment counts.
    const rows = await listReadHere(deps.db, call, { since: new Date(now - DAYS[span] * DAY), until: new Date(now + 1), most: MOST_READ + 1 });
    const papers = new Map((await getPapers(deps.db, rows.map(({ paperId }) => paperId))).map((paper) => [paper.id, paper]));
    const other: Span = span === 'week' ? 'month' : 'week';
    const own = call.channel.person !== undefined;
    const voice = voiceOf(call.channel);
    const actions = [press(`The last ${other}`, `The last ${other}: ${voice('what we read', 'what you read')}`, 'paper', `read-list ${other}`)];
    if (rows.length === 0) return { ...say(`${voice('Nobody has read or saved a paper in this channel', 'You have read or saved no paper here')} in the last ${span}.`, note('/paper read 2607.01234 marks one as read.')), actions };
    const read = rows.map(({ paperId, readers, savers }) => ({ paper: papers.get(paperId)!, readers, savers }));
    return { ...readingDoc({ title: `${voice('What we read', 'What you read')} in the last ${span}`, when: `in the last ${span}`, own }, read), actions };
  },
});
