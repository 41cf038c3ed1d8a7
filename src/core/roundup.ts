// A roundup as a document: the ranked list, each paper with why it is there, and the abstracts under it.
import { categoryName } from './category.ts';
import { note, plainOf, press, say, text, type Action, type Block, type Doc, type Span } from './doc.ts';
import type { Layout } from './layout.ts';
import type { Paper } from './paper.ts';
import { paperLinks } from './paper-id.ts';
import { risingBlocks, type Rise } from './rise.ts';
import { dateInWords } from './schedule.ts';
import { inShort } from './summary.ts';
import { clip, count, listed, plain, tidy } from './text.ts';

export interface RoundupItem {
  paper: Paper;
  /** In a few words each: `84 upvotes, +31 since yesterday`, `matches attention`. */
  why: string[];
  /** Which of the roundup's topics it is of. */
  topics?: string[];
}

export interface RoundupWords {
  /** The local date of the roundup, `YYYY-MM-DD`. */
  on: string;
  /** One that was asked for beside the daily one. */
  extra?: boolean;
  items: RoundupItem[];
  /** The topics it is for; none: everything. */
  topics: string[];
  /** Papers that the channel was shown on an earlier day and that rose since. */
  rising?: Rise[];
  /** What the reader should know: a source that is down, a late post, old papers. */
  notes: string[];
  /** True for somebody's own digest. */
  own?: boolean;
  layout: Layout;
  /** Whether abstracts can hang under the post; where there are no threads a compact list has them in short. */
  threads: boolean;
  /** True where each message begins a post of its own, so that none is there for the head alone. */
  forum?: boolean;
}

type Item = Extract<Block, { kind: 'item' }>;

/** Papers first listed within this many days are candidates: longer than a weekend with a holiday. */
export const CANDIDATE_DAYS = 7;

export const ACKNOWLEDGEMENT = 'Thank you to arXiv for use of its open access interoperability.';

export const WITHDRAWN = 'This paper was withdrawn by its authors; what is shown is its last version.';

/** Three lines at most: a list is for choosing, the abstract is one press away. */
const LINE = 220;
/** Enough to judge a paper by; ten of them can be scanned. The rest is behind Details. */
const ABSTRACT = 900;
/** In the channel itself it shares the screen with what people say. */
const SHORT_ABSTRACT = 500;

/**
 * Pure. The title ends in the date, so that the post can be found again. Laid out as one message a paper, those are
 * `next`; a forum shows its newest post first, so there the first paper comes last and has the notes.
 */
export function roundupDoc(roundup: RoundupWords): Doc {
  const { on, items, topics, layout, threads, forum = false } = roundup;
  const title = `${roundup.extra ? 'Extra roundup' : 'Trending papers'}, ${dateInWords(on)}`;
  const about = topics.length ? ` on ${listed([...topics.slice(0, 4).map((topic) => clip(topic, 40)), ...(topics.length > 4 ? [`${topics.length - 4} more`] : [])])}` : '';
  const first = items[0] ? `, first “${clip(plain(items[0].paper.title), 120)}”` : '';
  const foot = [
    ...risingBlocks(roundup.rising, on),
    ...roundup.notes.map((words) => note(words)),
    ...(items.some((item) => item.paper.sources.includes('arxiv')) ? [note(ACKNOWLEDGEMENT)] : []),
  ];
  const head: Doc = {
    title,
    summary: `${count(items.length, 'trending paper')}${about} for ${dateInWords(on)}${first}.`,
    blocks: [],
    ...(forum ? { about: aboutAll(topics, items) } : {}),
    actions: [
      { label: 'This week', says: 'This week: the papers that trend', call: { name: 'paper', text: 'trending week' } },
      { label: 'Help', says: 'Help: what Paperround can do', call: { name: 'paper', text: 'help' } },
      ...(roundup.own ? [{ label: 'Your digest', says: 'Your digest: what it follows; change it, pause it or turn it off', call: { name: 'roundup', text: 'me list' } }] : []),
    ],
  };
  switch (layout) {
    case 'full':
      return { ...head, blocks: [...items.map((item, i) => ({ ...listItem(item, i + 1, true), ...pressesOf(item.paper) })), ...foot] };
    case 'each': {
      const papers = items.map((item, i) => paperDoc(item, i + 1, forum ? { of: items.length, foot: i === 0 ? foot : [] } : undefined));
      return { ...head, blocks: [text(`${EACH}${threads && !roundup.own ? ': answer one in its thread to discuss it' : ''}.`), ...foot], next: forum ? papers.reverse() : papers };
    }
    case 'compact': {
      const list = items.map((item, i) => (threads ? { ...listItem(item, i + 1, false), open: pressesOf(item.paper).open } : listItem(item, i + 1, true)));
      return { ...head, blocks: [...list, ...foot], ...(threads && items.length > 0 ? { replies: [abstractsDoc(items)] } : {}) };
    }
  }
}

const EACH = 'Each paper is a message of its own, the most trending first';

/** What is posted on a day without anything new, where that is wanted. */
export function quietDoc(on: string, why: string, rising: Rise[] = [], whom = 'this channel'): Doc {
  return { ...say(`No new papers for ${whom} on ${dateInWords(on)}: ${why}.`, ...risingBlocks(rising, on)), title: `A quiet day, ${dateInWords(on)}` };
}

/** One paper in a list: its title as a link, then why it is there and who wrote it, in one line where that can be. */
export function listItem(item: RoundupItem, rank: number | undefined, withLine: boolean): Item {
  const { paper } = item;
  const body = withLine ? clip(inShort(paper), LINE) : '';
  return {
    kind: 'item',
    title: titleSpan(paper, rank),
    facts: [...item.why, leadAuthor(paper.authors)].filter(Boolean),
    ...(body ? { body } : {}),
  };
}

/** One paper in an answer that lists several: why it is here, its date, votes and a line, and a button to the whole of it. */
export function paperRow(paper: Paper, rank: number, why: string[] = []): Item {
  const facts = [...why, paper.publishedOn ? dateInWords(paper.publishedOn) : '', paper.upvotes ? count(paper.upvotes, 'upvote') : ''];
  return {
    ...listItem({ paper, why: facts.filter(Boolean) }, rank, true),
    actions: [press('Details', `Details of ${clip(tidy(paper.title), 60)}`, 'paper', `id:${paper.id}`)],
  };
}

/** `1. Title`, linked to the paper's own page. */
export function titleSpan(paper: Paper, rank?: number): Span {
  const text = `${rank ? `${rank}. ` : ''}${paper.withdrawn ? 'Withdrawn: ' : ''}${plain(paper.title)}`;
  return { text, bold: true, url: paperLinks(paper).page };
}

/** The paper in a sentence: `Title, by Ada Lovelace and Alan Turing.` */
export function paperSentence(paper: Paper): string {
  return `${[`${paper.withdrawn ? 'Withdrawn: ' : ''}${clip(plain(paper.title), 200)}`, authorsInWords(paper.authors)].filter(Boolean).join(', by ')}.`;
}

/** `Ada Lovelace et al.`, `Ada Lovelace and Alan Turing` */
function leadAuthor(authors: string[]): string {
  return authors.length > 2 ? `${clip(plain(authors[0]!), 60)} et al.` : authorsInWords(authors);
}

/** `Ada Lovelace, Alan Turing and 12 others` */
export function authorsInWords(authors: string[], most = 3): string {
  const names = authors.map((name) => clip(plain(name), 60));
  if (names.length <= most + 1) return listed(names);
  return `${names.slice(0, most).join(', ')} and ${count(names.length - most, 'other')}`;
}

function abstractsDoc(items: RoundupItem[]): Doc {
  return {
    summary: `The ${items.length === 1 ? 'abstract' : `abstracts of the ${items.length} papers`} above.`,
    blocks: items.map(({ paper }, i) => ({ kind: 'item', title: titleSpan(paper, i + 1), body: abstractOf(paper), ...pressesOf(paper) })),
  };
}

// A paper alone. In a forum its title names the post, which outlives the day's order: there the rank is a fact.
function paperDoc(item: RoundupItem, rank: number, post: { of: number; foot: Block[] } | undefined): Doc {
  const { paper, topics = [] } = item;
  const why = post ? [`no. ${rank} of ${post.of}`, ...item.why] : item.why;
  const listedItem = listItem({ paper, why }, post ? undefined : rank, false);
  return {
    summary: sentence(plainOf([listedItem.title])),
    paper: paper.id,
    blocks: [{ ...listedItem, body: post ? abstractOf(paper) : clip(abstractOf(paper), SHORT_ABSTRACT), ...pressesOf(paper) }, ...(post?.foot ?? [])],
    ...(post ? { about: [...topics, ...paper.categories.flatMap(categoryWords)] } : {}),
  };
}

/** Topics, then categories, those of most papers first. */
function aboutAll(topics: string[], items: RoundupItem[]): string[] {
  const papers = new Map<string, number>();
  for (const { paper } of items) for (const code of paper.categories) papers.set(code, (papers.get(code) ?? 0) + 1);
  const codes = [...papers].sort((a, b) => b[1] - a[1]).map(([code]) => code);
  return [...topics, ...codes.flatMap(categoryWords)];
}

function categoryWords(code: string): string[] {
  const name = categoryName(code);
  return name ? [code, name] : [code];
}

function sentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}

// Thousands of channels show the same few papers: what costs time is worked out once for each.
const abstracts = new WeakMap<Paper, string>();

function abstractOf(paper: Paper): string {
  let abstract = abstracts.get(paper);
  if (abstract === undefined) abstracts.set(paper, (abstract = clip(plain(paper.abstract), ABSTRACT) || 'It came without an abstract.'));
  return abstract;
}

/** What can be done with a paper of a roundup. */
function pressesOf(paper: Paper): { actions: Action[]; open: Action } {
  const title = clip(plain(paper.title), 60);
  const press = (label: string, says: string, verb: string): Action => ({ label, says: `${says} ${title}`, call: { name: 'paper', text: `${verb}id:${paper.id}` } });
  return {
    actions: [press('Save', 'Save:', 'save '), press('More like this', 'More like this:', 'similar '), press('Not for us', 'Not for us:', 'not-for-us ')],
    open: press('Details', 'Details of', ''),
  };
}
