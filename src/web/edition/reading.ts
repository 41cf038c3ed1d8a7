// What addresses and questions hold, read strictly: what can't be read is refused with words, and never reaches a query.
import type { Context } from 'hono';
import { isDate } from '../../core/schedule.ts';
import { badRequest, notFound, type EditionDeps } from './deps.ts';

/** Papers of a page. */
export const SIZE = 20;
const MOST_PAGES = 25;
/** Longer questions are nobody's, and cost like many. */
const LONGEST_QUESTION = 500;
/** Row ids, and the longest that a paper may come with. */
const LONGEST_ID = 255;

/** `?page=2`, from 1 on. */
export function readPage(c: Context): number {
  const said = c.req.query('page');
  if (said === undefined) return 1;
  const page = /^[1-9]\d{0,2}$/.test(said) ? Number(said) : 0;
  if (!page) throw badRequest('A page is a number, such as page=2.');
  if (page > MOST_PAGES) throw notFound(`Lists end at page ${MOST_PAGES}. Search for what you miss.`, [{ label: 'Search', path: '/search' }]);
  return page;
}

/** The words that are searched for; empty where there are none. */
export function readWords(c: Context): string {
  const words = (c.req.query('q') ?? '').trim();
  if (words.length > LONGEST_QUESTION) throw badRequest(`A search has at most ${LONGEST_QUESTION} characters. Use fewer words.`);
  // No database takes the first, and nobody types the others.
  return words.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ').trim();
}

/** A day, `2026-07-27`, since arXiv began. */
export function readDay(on: string): string {
  if (!isDate(on) || !isSensible(on)) throw notFound('There is no such day. A day is written like 2026-07-27.');
  return on;
}

/** A week or a month, checked for its year alone. */
export function readSpan(span: string): string {
  if (!isSensible(span)) throw notFound('There is no such week or month. A week is written like 2026-W30, a month like 2026-07.');
  return span;
}

/** The id of a paper, as it stands in an address. */
export function readId(id: string): string {
  if (!id || [...id].length > LONGEST_ID || /[\p{Cc}\p{Cs}]/u.test(id)) throw notFound('No paper has this id.');
  return id;
}

/** A ready-made topic. Refused where there is none of this name. */
export function topicOf({ topics }: Pick<EditionDeps, 'topics'>, name: string): EditionDeps['topics'][number] {
  const topic = topics.find((one) => one.name === name);
  if (!topic) throw notFound('There is no such topic. All there are stand under Topics; anything else can be searched for.', [{ label: 'Topics', path: '/topics' }, { label: 'Search', path: '/search' }]);
  return topic;
}

function isSensible(day: string): boolean {
  const year = day.slice(0, 4);
  return year >= '1991' && year <= '2099';
}
