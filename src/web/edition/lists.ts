// Lists of papers as everybody sees them: what trends, and what was listed on a day, in a week, in a month, on a topic.
import { addDays } from '../../core/schedule.ts';
import { daysOfMonth, daysOfWeek, longDate, monthInWords, monthOf, weekInWords, weekOf, type Days } from '../../core/calendar.ts';
import { gainInWords, starsInWords, type TrendingWindow } from '../../core/rank.ts';
import { CANDIDATE_DAYS } from '../../core/roundup.ts';
import { parseTopic } from '../../core/topic.ts';
import type { Db } from '../../db/connect.ts';
import { daysAround, keepOfTopic, newestTold, rankListed, rankTrending, type RankedPaper } from '../../db/public-lists.ts';
import { getPublicPapers, PUBLIC } from '../../db/public-papers.ts';
import { listPapersOf } from '../../db/topic-papers.ts';
import type { ListPage, Neighbour } from '../pages/list.ts';
import type { Row } from '../pages/papers.ts';
import { dayPath, monthPath, weekPath } from '../pages/paths.ts';
import { notFound, type EditionDeps } from './deps.ts';
import { keepMade } from './kept.ts';

export interface Lists {
  /** What trends, best first: of the last days, or for `month` of the last month. `on`: the newest day with papers. */
  trending(window: 'day' | 'month'): Promise<{ on: string | undefined; papers: RankedPaper[] }>;
  /** Ids of the topic's papers: what trends, then all others, the newest first; so many at least, where there are. */
  ofTopic(query: string, most: number): Promise<number[]>;
  /** A page of these. */
  rows(papers: (RankedPaper | number)[], offset: number, size: number): Promise<Row[]>;
}

const MONTH_DAYS = 30;

/** What several pages are made from is read once for all of them. */
export function openLists({ db, now, keepMs }: Pick<EditionDeps, 'db' | 'now'> & { keepMs: number }): Lists {
  const kept = keepMade<Awaited<ReturnType<Lists['trending']>>>({ now, keepMs, most: 2 });
  const trending: Lists['trending'] = (window) => kept(window, () => readTrending(db, now(), window));
  return {
    trending,
    async ofTopic(query, most) {
      const { root } = parseTopic(query);
      // Side by side, though a topic of which enough trends needs none of the newest.
      const [{ papers }, newest] = await Promise.all([trending('month'), listPapersOf(db, root, most, 'newest', PUBLIC)]);
      const best = await keepOfTopic(db, papers.map(({ id }) => id), root);
      return [...new Set([...best, ...newest])];
    },
    async rows(papers, offset, size) {
      const part = papers.slice(offset, offset + size).map((one) => (typeof one === 'number' ? { id: one } : one));
      const facts = new Map(part.map((one) => [one.id, 'signals' in one ? [gainInWords(one.signals), starsInWords(one.signals)].filter(Boolean) : []]));
      return (await getPublicPapers(db, part.map(({ id }) => id))).map((paper) => ({ paper, facts: facts.get(paper.id)! }));
    },
  };
}

async function readTrending(db: Db, at: Date, window: TrendingWindow) {
  const on = await newestTold(db);
  if (!on) return { on, papers: [] };
  return { on, papers: await rankTrending(db, { from: addDays(on, 1 - (window === 'day' ? CANDIDATE_DAYS : MONTH_DAYS)), to: on }, at, window) };
}

/** What a list of days shows, without its rows. */
export type Listed = Pick<ListPage, 'kind' | 'title' | 'about' | 'around'> & { papers: RankedPaper[]; path: string };

export async function ofDay(db: Db, on: string): Promise<Listed> {
  return listed(db, { from: on, to: on }, 'Papers of the day', longDate(on), dayPath(on), (near) => ({ label: longDate(near), path: dayPath(near) }));
}

/** Refused where there is no such week, or it has no papers. */
export async function ofWeek(db: Db, week: string): Promise<Listed> {
  const days = known(daysOfWeek(week));
  return listed(db, days, 'Papers of the week', weekInWords(days), weekPath(week), (near) => ({ label: weekInWords(daysOfWeek(weekOf(near))!), path: weekPath(weekOf(near)) }));
}

export async function ofMonth(db: Db, month: string): Promise<Listed> {
  const days = known(daysOfMonth(month));
  return listed(db, days, 'Papers of the month', monthInWords(days), monthPath(month), (near) => ({ label: monthInWords(daysOfMonth(monthOf(near))!), path: monthPath(monthOf(near)) }));
}

function known(days: Days | undefined): Days {
  if (!days) throw notFound('There is no such week or month. A week is written like 2026-W30, a month like 2026-07.');
  return days;
}

async function listed(db: Db, days: Days, kind: string, title: string, path: string, neighbour: (near: string) => Neighbour): Promise<Listed> {
  const [papers, near] = await Promise.all([rankListed(db, days), daysAround(db, days)]);
  const around = { ...(near.before ? { before: neighbour(near.before) } : {}), ...(near.after ? { after: neighbour(near.after) } : {}) };
  if (papers.length === 0) throw notFound(`No paper was listed on ${title}: arXiv and Hugging Face list none at weekends and on some holidays.`, Object.values(around));
  return { kind, title, path, papers, around };
}
