import { verb, type Deps } from '../../command.ts';
import { note, say, type Doc } from '../../core/doc.ts';
import type { Paper } from '../../core/paper.ts';
import { paperRow } from '../../core/roundup.ts';
import { sharedWords } from '../../core/shared-words.ts';
import { clip, count, plain } from '../../core/text.ts';
import { getPapers } from '../../db/papers.ts';
import { findSimilar } from '../../db/search/index.ts';
import { press } from '../words.ts';
import { completePaper, getPaper, PAPER, parsePaper, type Which } from './which.ts';

const MOST = 5;
const MOST_REASONS = 3;

export const similar = verb<{ which: Which }>({
  name: 'similar',
  summary: 'Papers like one paper, and what they have in common',
  options: [PAPER],
  who: 'anyone',
  audience: 'asker',
  parse: parsePaper,
  complete: completePaper,
  run: async (call, deps) => similarDoc(await getPaper(call.args.which, deps), deps),
});

async function similarDoc(paper: Paper, deps: Deps): Promise<Doc> {
  const { paperIds, telling } = await findSimilar(deps.db, paper.id, MOST);
  const papers = await getPapers(deps.db, paperIds);
  const [first] = papers;
  const title = `“${clip(plain(paper.title), 120)}”`;
  if (!first) {
    return {
      ...say(`No paper here is much like ${title}.`, note('Papers come in every day: ask again later, or search with your own words with /paper.')),
      actions: [press('Trending today', 'Trending today', 'paper', 'trending')],
    };
  }
  return {
    title: `Papers like ${title}`,
    summary: `${count(papers.length, 'paper')} like ${title}, first “${clip(plain(first.title), 120)}”.`,
    blocks: papers.map((other, i) => {
      const shared = sharedWords(paper, other, telling, MOST_REASONS);
      return paperRow(other, i + 1, shared.length ? [`both: ${shared.join(', ')}`] : []);
    }),
  };
}
