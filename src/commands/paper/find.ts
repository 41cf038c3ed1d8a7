// `/paper attention`: an id or a link shows the paper, anything else searches the table.
import { verb, type Deps } from '../../command.ts';
import { orderInWords, shortfallInWords, subjectOf } from '../../core/asked.ts';
import type { Call } from '../../core/chat.ts';
import { note, say, type Doc } from '../../core/doc.ts';
import { listItem, paperRow } from '../../core/roundup.ts';
import { clip, count, tidy } from '../../core/text.ts';
import { suggestSearches } from '../suggest.ts';
import { press } from '../words.ts';
import { paperCard } from './card.ts';
import { filterActions, pageActions, postAction } from './find-actions.ts';
import { pageText, readPage, type Page } from './page.ts';
import { searchFor, type Found } from './search.ts';
import { getPaper, readWhich } from './which.ts';

export const find = verb<{ words: string }>({
  name: 'find',
  summary: 'Find papers by words, or one by its arXiv id or link',
  options: [{ name: 'query', summary: 'Words, an arXiv id, or a link to a paper', required: true, suggests: true }],
  who: 'anyone',
  audience: 'asker',
  parse: (words) => (words ? { words } : undefined),
  complete: suggestSearches,
  async run(call, deps) {
    const { words } = call.args;
    const old = ofOldButton(words);
    const which = readWhich(old ?? words);
    if (which) {
      const paper = await getPaper(which, deps);
      const card = withRemark(await paperCard(paper, call.channel, deps, call.person), old && 'That button is of another version of Paperround: all that it does is show its paper.');
      return { ...card, actions: [...(card.actions ?? []), ...(await postAction(call, paper, deps))] };
    }
    const page = await readPage(words, deps);
    const found = await searchFor(page.asked, page.offset, call, deps);
    if (found.papers.length === 0) return nothingFound(page, call, deps);
    const doc = pageDoc(page, found, deps);
    return { ...doc, actions: [...(await pageActions(page, found.more, deps)), ...(await filterActions(page.asked, found, deps)), ...(await postAction(call, page, deps))] };
  },
});

/** Of a button that said another version's verb, such as `applaud id:12`, the paper. */
function ofOldButton(words: string): string | undefined {
  return /^\S+ (?:\S+ )*(id:\d{1,15})$/.exec(words)?.[1];
}

function withRemark(card: Doc, remark: string | undefined): Doc {
  return remark ? { ...card, blocks: [...card.blocks, note(remark)] } : card;
}

/** The papers of a page, without the buttons of the answer. */
export function pageDoc({ asked, offset }: Page, { papers, shortfall }: Found, { config }: Pick<Deps, 'config'>): Doc {
  const order = orderInWords(asked);
  const range = offset ? `Papers ${offset + 1} to ${offset + papers.length}` : count(papers.length, 'paper');
  const subject = subjectOf(asked, config.topics);
  const what = asked.words ? `${range} for ${subject}` : `${range} with code`;
  return {
    title: asked.words ? `Papers on ${subject}${order}` : `Papers with code${order}`,
    summary: `${what}${order}, ${order ? 'beginning with' : 'first'} “${clip(tidy(papers[0]!.title), 120)}”.`,
    blocks: [...papers.map((paper, i) => paperRow(paper, offset + i + 1)), ...(shortfall ? [note(shortfallInWords(shortfall))] : [])],
  };
}

async function nothingFound({ asked, offset }: Page, call: Call, deps: Deps): Promise<Doc> {
  const subject = subjectOf(asked, deps.config.topics);
  if (offset) return { ...say(`There are no more papers for ${subject}.`), actions: await pageActions({ asked, offset }, false, deps) };
  const near = (await deps.makeRoundup({ channel: undefined, ref: call.channel, window: 'week', size: 3 })).items;
  const trending = press('Trending today', 'Trending today', 'paper', 'trending');
  return {
    ...say(
      `Nothing here matches ${subject}.`,
      note('Try fewer or other words. A paper that is missing can be brought in by its arXiv id or link: /paper submit 2607.01234.'),
      ...(near.length ? [note('Trending meanwhile:'), ...near.map((item) => listItem(item, undefined, false))] : []),
    ),
    actions: [...(asked.words && asked.code ? [press('All papers', `All papers on ${asked.words}, with code or without`, 'paper', await pageText({ asked: { ...asked, code: false }, offset: 0 }, deps))] : []), trending],
  };
}
