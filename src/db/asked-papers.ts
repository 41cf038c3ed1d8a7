// The papers that a search asks for, one page of them. The same question has the same order on each page.
import type { Asked, Order, Shortfall } from '../core/asked.ts';
import { UserError } from '../core/errors.ts';
import { allOf, parseTopic, searchWords, type Node, type Topic } from '../core/topic.ts';
import type { Db } from './connect.ts';
import { FOREMOST, searchPapers, sortedPapers } from './search/index.ts';
import { listPapersOf, ofTopic } from './topic-papers.ts';

/** With conditions so many hits are put in order of their words; whatever else meets them comes behind, the newest first. */
const DEEP = 200;

export interface Wanted {
  asked: Asked;
  /** How many papers come before the page, and how many it has. */
  offset: number;
  size: number;
  now: Date;
  /** Ids of the papers that trend and meet all that is asked (`root`: the same), the most trending first, at most so many. */
  trending(asked: Asked, most: number, root: Node): Promise<number[]>;
  /** Of these ids, in their order, those that may be shown. Missing: all. */
  keep?: (ids: number[]) => Promise<number[]>;
}

export interface FoundIds {
  ids: number[];
  /** What had to be let go for these to be found, or was left out of the order. */
  shortfall?: Shortfall | undefined;
  more: boolean;
}

/** Ids from the first paper on, one more than the page shows where there are more. */
interface Listed {
  ids: number[];
  shortfall?: Shortfall | undefined;
}

export async function findAsked(db: Db, wanted: Wanted): Promise<FoundIds> {
  const { asked, size } = wanted;
  const topic = readConditions(asked.words);
  const text = topic ? searchWords(topic) : asked.words;
  const conditions = [...(topic ? [topic.root] : []), ...(asked.code ? [{ kind: 'code' } as const] : [])];
  const root = conditions.length ? allOf(conditions) : undefined;
  // Alternatives have words that needn't all be there, as a search for them would want.
  if (root && (!text || (asked.order && hasChoice(root)))) {
    return pageOf(await kept(wanted, async (most) => (asked.order ? { ids: await listPapersOf(db, root, most, asked.order) } : trendingFirst(db, wanted, root, most))), wanted);
  }
  const listed = await kept(wanted, (most) => (asked.order ? inOrder(db, wanted, text, asked.order, root, most) : byWords(db, wanted, text, root, topic, most)));
  if (listed.ids.length > 0 || !topic) return pageOf(listed, wanted);
  const anyhow = await kept({ ...wanted, offset: 0 }, (most) => (asked.order ? inOrder(db, wanted, text, asked.order, undefined, most) : byWords(db, wanted, text, undefined, undefined, most)));
  return pageOf({ ids: anyhow.ids.slice(0, size), shortfall: 'conditions' }, wanted);
}

/** Few papers may not be shown: whoever asks for more than that finds nothing but them. */
const MOST_READ = 4_000;

// Where some may not be shown, more are read, until there are enough or no more.
async function kept({ offset, size, keep }: Wanted, list: (most: number) => Promise<Listed>): Promise<Listed> {
  const most = offset + size + 1;
  for (let read = most; ; read *= 2) {
    const listed = await list(read);
    if (!keep) return listed;
    const ids = await keep(listed.ids);
    if (ids.length >= most || listed.ids.length < read || read > MOST_READ) return { ...listed, ids };
  }
}

async function byWords(db: Db, { now }: Wanted, text: string, root: Node | undefined, topic: Topic | undefined, most: number): Promise<Listed> {
  const query = root ? { text, limit: DEEP, only: await ofTopic(db, root) } : { text, limit: most };
  const { hits, relaxed } = await searchPapers(db, query, now);
  const ids = hits.map(({ paperId }) => paperId);
  if (topic && root && ids.length < most) return { ids: await withOthers(db, ids, root, most) };
  return { ids, shortfall: relaxed ? 'words' : undefined };
}

async function inOrder(db: Db, { now }: Wanted, text: string, order: Order, root: Node | undefined, most: number): Promise<Listed> {
  const only = root && (await ofTopic(db, root));
  const { paperIds, relaxed, cut } = await sortedPapers(db, { text, order, limit: most, only }, now);
  return { ids: paperIds, shortfall: relaxed ? 'words' : cut ? { ordered: FOREMOST } : undefined };
}

// Without a word there is nothing to be best at: what trends comes first.
async function trendingFirst(db: Db, wanted: Wanted, root: Node, most: number): Promise<Listed> {
  return { ids: await withOthers(db, await wanted.trending(wanted.asked, DEEP, root), root, most) };
}

/** Behind the best come all others that the conditions leave, wherever in the table they are, the newest first. */
async function withOthers(db: Db, best: number[], root: Node, most: number): Promise<number[]> {
  if (best.length >= most) return best;
  return [...new Set([...best, ...(await listPapersOf(db, root, most))])];
}

function pageOf({ ids, shortfall }: Listed, { offset, size }: Wanted): FoundIds {
  return { ids: ids.slice(offset, offset + size), shortfall, more: ids.length > offset + size };
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
