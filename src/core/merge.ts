// One paper out of many sources' records: whose words win, which numbers count, when it was news.
import type { Paper } from './paper.ts';
import { addDays } from './schedule.ts';
import type { PaperRecord } from './source.ts';

/** A paper as it is kept: `textSource` gave its words. */
export type MergedPaper = Omit<Paper, 'id'> & { textSource: string };

/** How a record was met: when, and whether this source tells of this paper for the first time. */
export interface Sighting {
  at: Date;
  first: boolean;
}

/**
 * Whose title, abstract, authors and categories win, best last. arXiv has the authors' own words; Hugging Face's copy loses the signs of mathematics; a page is a copy of a copy. A source that is
 * not named here stands between the pages and Hugging Face.
 */
const TEXT_RANKS = ['page', '', 'huggingface', 'jsonl', 'arxiv'];

/**
 * A paper with one more record told into it, or a new paper. Better words replace, worse ones only fill gaps, and an
 * older version never replaces a newer. Votes, stars and the summary are the newest that any source that has them has said.
 */
export function mergeRecord(paper: MergedPaper | undefined, record: PaperRecord, sighting: Sighting): MergedPaper {
  if (!paper) return newPaper(record, sighting);
  const wins = outranks(record, paper);
  const pick = <T>(theirs: T | undefined, ours: T | null): T | null => (wins ? (theirs ?? ours) : (ours ?? theirs ?? null));
  const pickList = (theirs: string[], ours: string[]): string[] => (wins ? (theirs.length ? theirs : ours) : ours.length ? ours : theirs);
  return {
    ref: mergeRef(paper, record),
    arxivId: paper.arxivId ?? record.arxivId ?? null,
    version: Math.max(paper.version ?? 0, record.version ?? 0) || null,
    title: wins ? record.title : paper.title,
    abstract: wins ? record.abstract || paper.abstract : paper.abstract || record.abstract,
    summary: record.summary ?? paper.summary,
    textSource: wins ? record.source : paper.textSource,
    authors: pickList(record.authors, paper.authors),
    categories: pickList(record.categories, paper.categories),
    publishedOn: pick(record.publishedOn, paper.publishedOn),
    revisedOn: latest(record.revisedOn, paper.revisedOn),
    firstSeenAt: sighting.first ? earlier(paper.firstSeenAt, sighting.at) : paper.firstSeenAt,
    listedAt: sighting.first ? later(paper.listedAt, sighting.at) : paper.listedAt,
    sources: [...new Set([...paper.sources, record.source])].sort(),
    url: pick(record.url, paper.url),
    githubUrl: record.githubUrl ?? paper.githubUrl,
    projectUrl: record.projectUrl ?? paper.projectUrl,
    organization: record.organization ?? paper.organization,
    doi: record.doi ?? paper.doi,
    journalRef: record.journalRef ?? paper.journalRef,
    upvotes: record.upvotes ?? paper.upvotes,
    stars: record.stars ?? paper.stars,
    // Anyone's word that it was withdrawn is taken; that it wasn't, only from a source that knows as well.
    withdrawn: record.withdrawn === true || (wins && record.withdrawn === false ? false : paper.withdrawn),
  };
}

/**
 * When a record counts as seen. Now, as a rule; but a record of a day that ended more than a day ago counts as seen at
 * that day's end, so that filling in old days never makes them look new. The day is the one on which the source
 * listed the paper, else that of its publication.
 */
export function sightingTime(record: PaperRecord, now: Date): Date {
  const on = record.listedOn ?? record.publishedOn;
  if (!on) return now;
  const end = new Date(`${addDays(on, 1)}T00:00:00Z`);
  return now.getTime() - end.getTime() > DAY_MS ? end : now;
}

const DAY_MS = 86_400_000;

function newPaper(record: PaperRecord, sighting: Sighting): MergedPaper {
  return {
    ref: record.source === WRITTEN_IDS ? record.id : (record.arxivId ?? record.id),
    arxivId: record.arxivId ?? null,
    version: record.version ?? null,
    title: record.title,
    abstract: record.abstract,
    summary: record.summary ?? null,
    textSource: record.source,
    authors: record.authors,
    categories: record.categories,
    publishedOn: record.publishedOn ?? null,
    revisedOn: record.revisedOn ?? null,
    firstSeenAt: sighting.at,
    listedAt: sighting.at,
    sources: [record.source],
    url: record.url ?? null,
    githubUrl: record.githubUrl ?? null,
    projectUrl: record.projectUrl ?? null,
    organization: record.organization ?? null,
    doi: record.doi ?? null,
    journalRef: record.journalRef ?? null,
    upvotes: record.upvotes ?? null,
    stars: record.stars ?? null,
    withdrawn: record.withdrawn ?? false,
  };
}

/** The source whose ids people wrote themselves: they get them back as they came, arXiv ids too. */
const WRITTEN_IDS = 'jsonl';

function mergeRef(paper: MergedPaper, record: PaperRecord): string {
  if (record.source === WRITTEN_IDS && paper.ref === paper.arxivId) return record.id;
  // A page's paper has only its title's key for an id until a source with real ids knows it.
  return paper.arxivId || !record.arxivId ? paper.ref : record.arxivId;
}

function outranks(record: PaperRecord, paper: MergedPaper): boolean {
  const theirs = rank(record.source);
  const ours = rank(paper.textSource);
  if (theirs !== ours) return theirs > ours;
  return (record.version ?? Infinity) >= (paper.version ?? 0);
}

function rank(source: string): number {
  const at = TEXT_RANKS.indexOf(source);
  return at < 0 ? TEXT_RANKS.indexOf('') : at;
}

/** Versions only get newer, and so does the day of the newest. */
function latest(theirs: string | undefined, ours: string | null): string | null {
  return theirs && (!ours || theirs > ours) ? theirs : ours;
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
