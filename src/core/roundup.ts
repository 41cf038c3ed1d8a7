// A roundup as a document: the ranked list, each paper with why it is there, and the abstracts under it.
import { note, press, say, type Block, type Doc, type Span } from './doc.ts';
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
  /** Where the abstracts go: under the post in a thread, or in short into the list where there are no threads. */
  abstracts: 'thread' | 'inline';
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

/** Pure. The title ends in the date, so that the post can be found again. */
export function roundupDoc(roundup: RoundupWords): Doc {
  const { on, items, topics } = roundup;
  const title = `${roundup.extra ? 'Extra roundup' : 'Trending papers'}, ${dateInWords(on)}`;
  const about = topics.length ? ` on ${listed(topics.slice(0, 4).map((topic) => clip(topic, 40)))}${topics.length > 4 ? ' and more' : ''}` : '';
  const first = items[0] ? `, first “${clip(plain(items[0].paper.title), 120)}”` : '';
  const inline = roundup.abstracts === 'inline';
  return {
    title,
    summary: `${count(items.length, 'trending paper')}${about} for ${dateInWords(on)}${first}.`,
    blocks: [
      ...items.map((item, i) => listItem(item, i + 1, inline)),
      ...risingBlocks(roundup.rising, on),
      ...roundup.notes.map((words) => note(words)),
      ...(items.some((item) => item.paper.sources.includes('arxiv')) ? [note(ACKNOWLEDGEMENT)] : []),
    ],
    actions: [
      { label: 'This week', says: 'Show the trending papers of this week', call: { name: 'paper', text: 'trending week' } },
      { label: 'Help', says: 'What Paperround can do', call: { name: 'paper', text: 'help' } },
    ],
    ...(inline || items.length === 0 ? {} : { replies: [abstractsDoc(items)] }),
  };
}

/** What is posted on a day without anything new, in a channel that wants to hear of it. */
export function quietDoc(on: string, why: string, rising: Rise[] = []): Doc {
  return { ...say(`No new papers for this channel on ${dateInWords(on)}: ${why}.`, ...risingBlocks(rising, on)), title: `A quiet day, ${dateInWords(on)}` };
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
    blocks: items.map(({ paper }, i) => ({ ...abstractItem(paper), title: titleSpan(paper, i + 1) })),
  };
}

// Thousands of channels show the same few papers: what costs time is worked out once for each.
const abstractItems = new WeakMap<Paper, Omit<Item, 'title'>>();

function abstractItem(paper: Paper) {
  let item = abstractItems.get(paper);
  if (!item) {
    const title = clip(plain(paper.title), 60);
    const actions = [
      { label: 'Save', says: `Save: ${title}`, call: { name: 'paper', text: `save id:${paper.id}` } },
      { label: 'Not for us', says: `Not for us: ${title}`, call: { name: 'paper', text: `not-for-us id:${paper.id}` } },
      { label: 'Details', says: `Details of ${title}`, call: { name: 'paper', text: `id:${paper.id}` } },
    ];
    item = { kind: 'item', body: clip(plain(paper.abstract), ABSTRACT) || 'It came without an abstract.', actions };
    abstractItems.set(paper, item);
  }
  return item;
}
