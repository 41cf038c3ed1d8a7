// `/paper read-list`: what we read, in this channel.
import { verb } from '../../command.ts';
import { note, say } from '../../core/doc.ts';
import { clip, count, plain } from '../../core/text.ts';
import { getPapers } from '../../db/papers.ts';
import { listReadHere } from '../../db/saved.ts';
import { press } from '../words.ts';
import { paperRow } from './row.ts';

const DAY = 86_400_000;
const MOST = 10;
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
    const rows = await listReadHere(deps.db, call, new Date(deps.now().getTime() - DAYS[span] * DAY), MOST + 1);
    const other: Span = span === 'week' ? 'month' : 'week';
    const actions = [press(`The last ${other}`, `What we read in the last ${other}`, 'paper', `read-list ${other}`)];
    const papers = await getPapers(deps.db, rows.slice(0, MOST).map(({ paperId }) => paperId));
    const [first] = papers;
    if (!first) return { ...say(`Nobody has read or saved a paper in this channel in the last ${span}.`, note('/paper read 2607.01234 marks one as read.')), actions };
    return {
      title: `What we read in the last ${span}`,
      summary: `${count(papers.length, 'paper')} read or saved in this channel in the last ${span}, first “${clip(plain(first.title), 120)}”.`,
      blocks: [
        ...papers.map((paper, i) => {
          const { readers, savers } = rows[i]!;
          return paperRow(paper, i + 1, [readers ? `read by ${count(readers, 'person', 'people')}` : '', savers ? `saved by ${count(savers, 'person', 'people')}` : ''].filter(Boolean));
        }),
        ...(rows.length > MOST ? [note(`Only the ${MOST} that most people read are shown.`)] : []),
      ],
      actions,
    };
  },
});
