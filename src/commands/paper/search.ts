// The papers that a search asks for, one page of them. The same question has the same order on each page.
import type { Deps } from '../../command.ts';
import type { Call } from '../../core/chat.ts';
import { UserError } from '../../core/errors.ts';
import type { Paper } from '../../core/paper.ts';
import { count } from '../../core/text.ts';
import { allOf, parseTopic, searchWords, type Node, type Topic } from '../../core/topic.ts';
import { getPapers } from '../../db/papers.ts';
import { FOREMOST, searchPapers, sortedPapers, type Order } from '../../db/search/index.ts';
import { listPapersOf, ofTopic } from '../../db/topic-papers.ts';
import { writeAsked, type Asked } from './asked.ts';

export const PAGE = 5;
/** With conditions so many hits are put in order of their words; whatever else meets them comes behind, the newest first. */
const DEEP = 200;

export interface Found {
  papers: Paper[];
  /** What had to be let go for these to be found, or was left out of the order, in words. */
  note?: string | undefined;
  more: boolean;
}

/** Ids from the first paper on, one more than the page shows where there are more. */
interface Listed {
  ids: number[];
  note?: string | undefined;
}

const SOME_WORDS = 'No paper has all of these words; these have some of them.';
const NOT_ALL = 'No paper meets all of this; these have some of the words.';

export async function searchFor(asked: Asked, offset: number, call: Call, deps: Deps): Promise<Found> {
  const topic = readConditions(asked.words);
  const text = topic ? searchWords(topic) : asked.words;
  const conditions = [...(topic ? [topic.root] : []), ...(asked.code ? [{ kind: 'code' } as const] : [])];
  const root = conditions.length ? allOf(conditions) : undefined;
  const most = offset + PAGE + 1;
  // Alternatives have words that needn't all be there, as a search for them would want.
  if (root && (!text || (asked.order && hasChoice(root)))) {
    return pageOf(await (asked.order ? { ids: await listPapersOf(deps.db, root, most, asked.order) } : trendingFirst(asked, root, most, call, deps)), offset, deps);
  }
  const listed = asked.order ? await inOrder(text, asked.order, root, most, deps) : await byWords(text, root, topic, most, deps);
  if (listed.ids.length > 0 || !topic) return pageOf(listed, offset, deps);
  const anyhow = asked.order ? await inOrder(text, asked.order, undefined, PAGE, deps) : await byWords(text, undefined, undefined, PAGE, deps);
  return pageOf({ ids: anyhow.ids, note: NOT_ALL }, offset, deps);
}

async function byWords(text: string, root: Node | undefined, topic: Topic | undefined, most: number, deps: Deps): Promise<Listed> {
  const query = root ? { text, limit: DEEP, only: await ofTopic(deps.db, root) } : { text, limit: most };
  const { hits, relaxed } = await searchPapers(deps.db, query, deps.now());
  const ids = hits.map(({ paperId }) => paperId);
  if (topic && root && ids.length < most) return { ids: await withOthers(ids, root, most, deps) };
  return { ids, note: relaxed ? SOME_WORDS : undefined };
}

async function inOrder(text: string, order: Order, root: Node | undefined, most: number, deps: Deps): Promise<Listed> {
  const only = root && (await ofTopic(deps.db, root));
  const { paperIds, relaxed, cut } = await sortedPapers(deps.db, { text, order, limit: most, only }, deps.now());
  return { ids: paperIds, note: relaxed ? SOME_WORDS : cut ? `Very many papers have these words: the ${count(FOREMOST, 'paper')} or so that are most about them were put in order.` : undefined };
}

// Without a word there is nothing to be best at: what trends comes first.
async function trendingFirst({ words, code }: Asked, root: Node, most: number, call: Call, deps: Deps): Promise<Listed> {
  const { items } = await deps.makeRoundup({ channel: undefined, ref: call.channel, topics: [writeAsked({ words, code })], window: 'month', size: DEEP });
  return { ids: await withOthers(items.map(({ paper }) => paper.id), root, most, deps) };
}

// Behind the best come all others that the conditions leave, wherever in the table they are.
async function withOthers(best: number[], root: Node, most: number, deps: Deps): Promise<number[]> {
  if (best.length >= most) return best;
  const known = new Set(best);
  const others = await listPapersOf(deps.db, root, most + best.length);
  return [...best, ...others.filter((id) => !known.has(id))];
}

async function pageOf({ ids, note }: Listed, offset: number, deps: Deps): Promise<Found> {
  return { papers: await getPapers(deps.db, ids.slice(offset, offset + PAGE)), note, more: ids.length > offset + PAGE };
}

function hasChoice(node: Node): boolean {
  if (node.kind === 'not') return hasChoice(node.of);
  return node.kind === 'any' || (node.kind === 'all' && node.of.some(hasChoice));
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
