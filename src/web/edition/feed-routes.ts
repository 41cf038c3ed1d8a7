// Which feed stands at which address.
import type { Hono } from 'hono';
import { readAsked, subjectOf, writeAsked, type Asked } from '../../core/asked.ts';
import { newestTold } from '../../db/public-lists.ts';
import { getPublicPapers } from '../../db/public-papers.ts';
import { FEEDS, searchPath, topicPath, type FeedFormat } from '../pages/paths.ts';
import { badRequest } from './deps.ts';
import { ENTRIES, makeFeed, type FeedOf } from './feeds.ts';
import { findForAll } from './found.ts';
import { EVERYBODYS, feedOfSearch, feedOfTopic } from './places.ts';
import { readWords, topicOf } from './reading.ts';
import { LIVE, send, type Env, type Site, type Unsent } from './site.ts';

export function feedRoutes(app: Hono<Env>, site: Site): void {
  // Readers in browsers are of another origin, and what is here is for everybody.
  app.use('*', async (c, next) => {
    await next();
    if (!/\/feed\.[a-z]+$/.test(c.req.path)) return;
    c.res.headers.set('access-control-allow-origin', '*');
    c.res.headers.set('cross-origin-resource-policy', 'cross-origin');
  });
  for (const { format } of FEEDS) {
    app.get(`/feed.${format}`, async (c) => send(c, await site.made(`feed ${format}`, () => feedPage(site, format, () => today(site)))));
    app.get(`/topics/:name/feed.${format}`, async (c) => {
      const topic = topicOf(site, c.req.param('name'));
      return send(c, await site.made(`feed ${format} topic ${topic.name}`, () => feedPage(site, format, () => ofTopic(site, topic))));
    });
    app.get(`/search/feed.${format}`, async (c) => {
      const words = readWords(c);
      if (!words) throw badRequest('A feed of a search needs its words, as in feed.atom?q=attention.');
      const asked = { ...readAsked(words), order: 'newest' as const };
      return send(c, await site.made(`feed ${format} search ${writeAsked(asked)}`, () => feedPage(site, format, () => ofSearch(site, asked))));
    });
  }
}

type Found = Omit<FeedOf, 'publicUrl' | 'on'>;

async function feedPage(site: Site, format: FeedFormat, find: () => Promise<Found>): Promise<Unsent> {
  // A feed without papers changed when there were some.
  const on = (await newestTold(site.db)) ?? '1991-08-14';
  return { ...makeFeed(format, { ...(await find()), publicUrl: site.publicUrl, on }), maxAge: LIVE };
}

async function today({ db, lists }: Site): Promise<Found> {
  const { papers } = await lists.trending('day');
  return { place: EVERYBODYS, path: '/', description: 'Papers that trend on Hugging Face and arXiv.', papers: await getPublicPapers(db, papers.slice(0, ENTRIES).map(({ id }) => id)) };
}

async function ofTopic({ db, lists }: Site, { name, about, query }: Site['topics'][number]): Promise<Found> {
  const ids = await lists.ofTopic(query, ENTRIES);
  return { place: feedOfTopic({ name, about }), path: topicPath(name), description: `${about}: papers that trend, and the newest.`, papers: await getPublicPapers(db, ids.slice(0, ENTRIES)) };
}

async function ofSearch(site: Site, asked: Asked): Promise<Found> {
  const { ids } = await findForAll(site, site.lists, asked, 0, ENTRIES);
  return { place: feedOfSearch(asked), path: searchPath(writeAsked(asked)), description: `The newest ${asked.words ? `papers on ${subjectOf(asked)}` : subjectOf(asked)}, as they come.`, papers: await getPublicPapers(site.db, ids) };
}
