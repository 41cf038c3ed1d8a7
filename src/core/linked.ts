// What is shown of papers that a message links to.
import { note, say, type Block, type Doc, type Span } from './doc.ts';
import type { Paper } from './paper.ts';
import { authorsInWords, listItem, paperSentence, WITHDRAWN } from './roundup.ts';
import { dateInWords } from './schedule.ts';
import { clip, count, plain } from './text.ts';

/** A message that somebody posted. */
export interface LinkedMessage {
  /** The platform's. */
  id: string;
  urls: string[];
}

/** What is shown of one of its links. */
export interface LinkPreview {
  url: string;
  doc: Doc;
}

/** What one channel knows of a paper. */
export interface SeenHere {
  /** The day of the roundup in which it was posted there, `YYYY-MM-DD`, and where to find that. */
  posted?: { on: string; url?: string | undefined } | undefined;
  saves: number;
}

/** The preview of one link: for a channel whose people know what they clicked on. `linked` is the version in the link. */
export function previewDoc(paper: Paper, linked: number | undefined, seen: SeenHere): Doc {
  const item = listItem({ paper, why: [] }, undefined, true);
  const short = clip(plain(paper.title), 50);
  const facts = [authorsInWords(paper.authors), paper.publishedOn ? dateInWords(paper.publishedOn) : ''].filter(Boolean);
  return {
    summary: paperSentence(paper),
    blocks: [{ ...item, facts }, ...notes(paper, linked, seen)],
    actions: [
      { label: 'Save', says: `Save: ${short}`, call: { name: 'paper', text: `save id:${paper.id}` } },
      { label: 'Details', says: `Details of ${short}`, call: { name: 'paper', text: `id:${paper.id}` } },
    ],
  };
}

/** For somebody who looks up what a message links to, when that is nothing. */
export function noPaperDoc(): Doc {
  return say(
    'That message has no link to a paper, and no arXiv id.',
    note('Known are links to arXiv, Hugging Face papers and alphaXiv, and DOIs of arXiv. What has another address can be looked up by its title with /paper.'),
  );
}

/** Behind the first `shown` papers of a message that has more. */
export function morePapersDoc(all: number, shown: number): Doc {
  return say(`That message has ${count(all, 'paper')}; these are the first ${shown}. Look up another by its link with /paper.`);
}

function notes(paper: Paper, linked: number | undefined, { posted, saves }: SeenHere): Block[] {
  // A withdrawn paper's newest version is the word that it was withdrawn.
  const newer = !paper.withdrawn && linked !== undefined && paper.version !== null && paper.version > linked;
  return [
    ...(paper.withdrawn ? [note(WITHDRAWN)] : []),
    ...(newer ? [note(`Version ${paper.version} is out; the link is to version ${linked}.`)] : []),
    ...(posted ? [note('Posted here on ', dayOf(posted), saves ? `, saved by ${people(saves)}.` : '.')] : []),
    ...(!posted && saves ? [note(`Saved here by ${people(saves)}.`)] : []),
  ];
}

function dayOf({ on, url }: NonNullable<SeenHere['posted']>): Span {
  return url ? { text: dateInWords(on), url } : dateInWords(on);
}

function people(n: number): string {
  return count(n, 'person', 'people');
}
