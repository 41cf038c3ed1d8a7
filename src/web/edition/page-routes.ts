// Which page stands at which address.
import type { Hono } from 'hono';
import { longDate, monthOf, weekOf } from '../../core/calendar.ts';
import { html, type Html } from '../../core/html.ts';
import { daysAround, newestTold } from '../../db/public-lists.ts';
import { listMain, type ListPage } from '../pages/list.ts';
import { dayPath, topicPath, withQuery, type FeedPlace } from '../pages/paths.ts';
import { topicLinks } from '../pages/search.ts';
import type { Place } from '../pages/shell.ts';
import { banner } from '../pages/subscribe.ts';
import { afterTheEnd, notFound } from './deps.ts';
import { foundRoutes } from './found-routes.ts';
import { ofDay, ofMonth, ofWeek, type Listed } from './lists.ts';
import { EVERYBODYS, feedOfTopic } from './places.ts';
import { readDay, readPage, readSpan, SIZE, topicOf } from './reading.ts';
import { LIVE, pageOf, send, SETTLED, type Env, type Site, type Unsent } from './site.ts';

export function pageRoutes(app: Hono<Env>, site: Site): void {
  app.get('/', async (c) => {
    const page = readPage(c);
    return send(c, await site.made(`today ${page}`, () => todayPage(site, page)));
  });
  app.get('/papers', (c) => c.redirect('/', 301));
  app.get('/papers/date/:on', async (c) => {
    const [on, page] = [readDay(c.req.param('on')), readPage(c)];
    return send(c, await site.made(`day ${on} ${page}`, async () => daysPage(site, await ofDay(site.db, on), page)));
  });
  for (const [name, spanOf, open] of [['week', weekOf, ofWeek], ['month', monthOf, ofMonth]] as const) {
    const show = (span: string, page: number) => site.made(`${name} ${span} ${page}`, async () => daysPage(site, await open(site.db, span), page, name));
    app.get(`/papers/${name}`, async (c) => {
      const newest = await site.inTurn(() => newestTold(site.db));
      if (!newest) throw notFound(NOTHING_YET);
      return send(c, await show(spanOf(newest), readPage(c)));
    });
    app.get(`/papers/${name}/:span`, async (c) => send(c, await show(readSpan(c.req.param('span')), readPage(c))));
  }
  app.get('/topics', async (c) => send(c, await site.made('topics', async () => topicsPage(site))));
  app.get('/topics/:name', async (c) => {
    const [topic, page] = [topicOf(site, c.req.param('name')), readPage(c)];
    return send(c, await site.made(`topic ${topic.name} ${page}`, () => topicPage(site, topic, page)));
  });
  foundRoutes(app, site);
}

const NOTHING_YET = 'No paper has come in yet. Papers come from Hugging Face and arXiv within minutes of the first start.';

async function todayPage(site: Site, page: number): Promise<Unsent> {
  const { on, papers } = await site.lists.trending('day');
  const before = on ? (await daysAround(site.db, { from: on, to: on })).before : null;
  const around = {
    ...(before ? { before: { label: longDate(before), path: dayPath(before) } } : {}),
    ...(on ? { after: { label: 'All papers of this day', path: dayPath(on) } } : {}),
  };
  const list = { kind: 'Trending papers', title: on ? longDate(on) : 'Nothing yet', around };
  return listPage(site, { ...list, papers, path: '/', empty: NOTHING_YET }, page, {
    place: 'today',
    feeds: [EVERYBODYS],
    description: 'The papers that trend on Hugging Face and arXiv today, with abstracts, votes and code.',
    banner: banner(site.email !== undefined, EVERYBODYS),
  });
}

function daysPage(site: Site, list: Listed, page: number, place?: Place) {
  return listPage(site, list, page, { ...(place ? { place } : {}), feeds: [EVERYBODYS], description: `${list.kind}, ${list.title}: most voted first, with abstracts and code.`, maxAge: SETTLED });
}

async function topicPage(site: Site, { name, about, query }: Site['topics'][number], page: number) {
  const feed = feedOfTopic({ name, about });
  const papers = await site.lists.ofTopic(query, page * SIZE + 1);
  return listPage(site, { kind: 'Topic', title: about, about: `What trends first, then the newest. In a channel: /roundup subscribe ${name}`, path: topicPath(name), papers }, page, {
    place: 'topics',
    feeds: [EVERYBODYS, feed],
    description: `${about}: papers that trend, and the newest.`,
    banner: page === 1 ? banner(site.email !== undefined, feed, name) : undefined,
  });
}

function topicsPage(site: Site) {
  const main = html`<div class="heading"><p class="kind">Topics</p><h1>Papers by topic</h1><p class="about">Each has a page and a feed. Anything else can be searched for, and followed as well.</p></div>${topicLinks(site.topics)}`;
  return pageOf(site, { title: 'Topics', description: 'Ready-made topics, each with a page and a feed.', path: '/topics', feeds: [EVERYBODYS], place: 'topics', main }, SETTLED);
}

interface Framing {
  place?: Place;
  feeds: FeedPlace[];
  description: string;
  banner?: Html | undefined;
  maxAge?: number;
}

type Papers = Pick<ListPage, 'kind' | 'title' | 'about' | 'around'> & { papers: Parameters<Site['lists']['rows']>[0]; path: string; empty?: string };

async function listPage(site: Site, { papers, path, empty = 'There are no more papers.', ...list }: Papers, page: number, { banner: over, maxAge = LIVE, ...framing }: Framing): Promise<Unsent> {
  const offset = (page - 1) * SIZE;
  const rows = await site.lists.rows(papers, offset, SIZE);
  if (page > 1 && rows.length === 0) throw afterTheEnd(path);
  const at = (one: number) => withQuery(path, { page: one > 1 ? one : undefined });
  const paging = { offset, back: page > 1 ? at(page - 1) : undefined, more: papers.length > offset + SIZE ? at(page + 1) : undefined };
  const title = [list.title, list.kind, page > 1 ? `page ${page}` : ''].filter(Boolean).join(' · ');
  return pageOf(site, { ...framing, title, path: at(page), main: listMain({ ...list, rows, paging, empty }, page === 1 ? over : undefined) }, maxAge);
}
