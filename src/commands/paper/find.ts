// `/paper attention`: an id or a link shows the paper, anything else searches the table.
import { verb, type Deps } from '../../command.ts';
import type { Call } from '../../core/chat.ts';
import { fitsButton, note, say, type Doc } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import type { Paper } from '../../core/paper.ts';
import { listItem, paperRow } from '../../core/roundup.ts';
import { clip, count, tidy } from '../../core/text.ts';
import { matches, parseTopic, searchWords, type Topic } from '../../core/topic.ts';
import { longText, shorten } from '../../db/facts.ts';
import { getPapers } from '../../db/papers.ts';
import { searchPapers, suggestTitles } from '../../db/search/index.ts';
import { listPapersOf } from '../../db/topic-papers.ts';
import { readMatchable } from '../../db/topic-words.ts';
import { inQuotes, press } from '../words.ts';
import { paperCard } from './card.ts';
import { getPaper, readWhich } from './which.ts';

const PAGE = 5;
/** With conditions (`cat:cs.CL`), this many hits are looked through. */
const DEEP = 200;

export const find = verb<{ words: string }>({
  name: 'find',
  summary: 'Find papers by words, or one by its arXiv id or link',
  options: [{ name: 'query', summary: 'Words, an arXiv id, or a link to a paper', required: true, suggests: true }],
  who: 'anyone',
  audience: 'asker',
  parse: (words) => (words ? { words } : undefined),
  complete: async (typed, deps) => (await suggestTitles(deps.db, typed, 20, deps.now())).map(({ title }) => clip(tidy(title), 100)),
  async run(call, deps) {
    const { words, offset } = await readPage(call.args.words, deps);
    const which = readWhich(words);
    if (which) return paperCard(await getPaper(which, deps), call.channel, deps);
    return searchDoc(words, offset, call, deps);
  },
});

// A button for the next page says `more:5 words`, or `more:5 =name` for words that don't fit a button.
async function readPage(said: string, deps: Deps): Promise<{ words: string; offset: number }> {
  const match = /^more:(\d{1,6}) ([\s\S]+)$/.exec(said);
  if (!match) return { words: said, offset: 0 };
  const named = match[2]!.startsWith('=') ? await longText(deps.db, match[2]!.slice(1)) : match[2]!;
  if (!named) throw new UserError('That search is too old to go on with. Search again with /paper.');
  return { words: named, offset: Number(match[1]) };
}

async function searchDoc(words: string, offset: number, call: Call, deps: Deps): Promise<Doc> {
  const { papers, relaxed, more } = await searchFor(words, offset, call, deps);
  const shown = inQuotes(clip(tidy(words), 80));
  if (papers.length === 0) return nothingFound(shown, offset, call, deps);
  const range = offset ? `Papers ${offset + 1} to ${offset + papers.length}` : count(papers.length, 'paper');
  return {
    title: `Papers on ${shown}`,
    summary: `${range} for ${shown}, first “${clip(tidy(papers[0]!.title), 120)}”.`,
    blocks: [
      ...papers.map((paper, i) => paperRow(paper, offset + i + 1)),
      ...(relaxed ? [note(relaxed)] : []),
    ],
    ...(more ? { actions: [press('More papers', `More papers for ${shown}`, 'paper', await moreText(words, offset + PAGE, deps))] } : {}),
  };
}

interface Found {
  papers: Paper[];
  /** What had to be let go for these to be found, in words. */
  relaxed?: string | undefined;
  more: boolean;
}

async function searchFor(words: string, offset: number, call: Call, deps: Deps): Promise<Found> {
  const topic = readConditions(words);
  if (!topic) {
    const found = await searchPapers(deps.db, { text: words, limit: PAGE, offset }, deps.now());
    const papers = await getPapers(deps.db, found.hits.map((hit) => hit.paperId));
    return { papers, relaxed: found.relaxed ? 'No paper has all of these words; these have some of them.' : undefined, more: found.more };
  }
  const text = searchWords(topic);
  const hits = text
    ? (await searchPapers(deps.db, { text, limit: DEEP }, deps.now())).hits.map((hit) => hit.paperId)
    : (await deps.makeRoundup({ channel: undefined, ref: call.channel, topics: [words], window: 'month', size: DEEP })).items.map((item) => item.paper.id);
  const kept = (await getPapers(deps.db, hits)).filter((paper) => matches(topic, readMatchable(paper)));
  const wanted = offset + PAGE + 1;
  // Behind the best come all others that the conditions leave, wherever in the table they are.
  if (kept.length < wanted) {
    const ids = await listPapersOf(deps.db, topic.root, wanted + kept.length);
    const known = new Set(kept.map(({ id }) => id));
    kept.push(...(await getPapers(deps.db, ids.filter((id) => !known.has(id)))));
  }
  if (kept.length === 0 && text) return { papers: await getPapers(deps.db, hits.slice(0, PAGE)), relaxed: 'No paper meets all of this; these have some of the words.', more: false };
  return { papers: kept.slice(offset, offset + PAGE), more: kept.length > offset + PAGE };
}

// Only words that ask for more than words (`-survey`, `cat:`, a phrase) are read in the topic language, and only when they can be.
function readConditions(words: string): Topic | undefined {
  if (!/["“”]|(^|\s)-\w|\b(cat|category|author|has|upvotes|title):/i.test(words)) return undefined;
  try {
    return parseTopic(words);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function nothingFound(shown: string, offset: number, call: Call, deps: Deps): Promise<Doc> {
  if (offset) return say(`There are no more papers for ${shown}.`);
  const near = (await deps.makeRoundup({ channel: undefined, ref: call.channel, window: 'week', size: 3 })).items;
  return {
    ...say(
      `Nothing here matches ${shown}.`,
      note('Try fewer or other words. A paper that is missing can be brought in by its arXiv id or link: /paper submit 2607.01234'),
      ...(near.length ? [note('Trending meanwhile:'), ...near.map((item) => listItem(item, undefined, false))] : []),
    ),
    actions: [press('Trending today', 'Show the papers that trend today', 'paper', 'trending')],
  };
}

async function moreText(words: string, offset: number, deps: Deps): Promise<string> {
  const text = `more:${offset} ${words}`;
  return fitsButton(text) ? text : `more:${offset} =${await shorten(deps.db, words, deps.now())}`;
}
