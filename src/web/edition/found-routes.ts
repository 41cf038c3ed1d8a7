// The pages of a search and of one paper.
import type { Hono } from 'hono';
import { readAsked, writeAsked, type Asked } from '../../core/asked.ts';
import { UserError } from '../../core/errors.ts';
import { readPaperId } from '../../core/paper-id.ts';
import { inShort } from '../../core/summary.ts';
import { clip } from '../../core/text.ts';
import { getPublicPapers } from '../../db/public-papers.ts';
import { paperMain } from '../pages/paper.ts';
import { titleOf } from '../pages/papers.ts';
import { paperPath, searchPath } from '../pages/paths.ts';
import { searchHelp, searchMain, searchTitle } from '../pages/search.ts';
import { afterTheEnd, notFound } from './deps.ts';
import { findForAll, findOne, withSimilar } from './found.ts';
import { EVERYBODYS, feedOfSearch } from './places.ts';
import { readId, readPage, readWords, SIZE } from './reading.ts';
import { HTML, pageOf, send, SETTLED, type Env, type Site, type Unsent } from './site.ts';

export function foundRoutes(app: Hono<Env>, site: Site): void {
  app.get('/search', async (c) => {
    const [words, page] = [readWords(c), readPage(c)];
    const id = readPaperId(words);
    if (id) return c.redirect(paperPath({ id: 0, ref: id.arxivId, arxivId: id.arxivId }), 303);
    if (!words && page > 1) throw afterTheEnd('/search');
    if (!words) return send(c, await site.made('search', async () => helpPage(site, undefined)));
    try {
      const asked = readAsked(words);
      return send(c, await site.made(`search ${page} ${writeAsked(asked)}`, () => searchPage(site, asked, page)));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return c.body(helpPage(site, error.message, words).body, 400, { 'content-type': HTML, 'cache-control': 'no-store' });
    }
  });
  app.get('/papers/:id{.+}', async (c) => {
    const id = readId(c.req.param('id'));
    const paper = await site.inTurn(() => findOne(site, id));
    if (!paper) throw notAPaper(id);
    const path = paperPath(paper);
    // One paper has one address, however its id was written.
    if (decodeURIComponent(path) !== `/papers/${id}`) return c.redirect(path, 301);
    return send(c, await site.made(`paper ${paper.id}`, () => paperPage(site, paper, path)));
  });
}

async function searchPage(site: Site, asked: Asked, page: number): Promise<Unsent> {
  const offset = (page - 1) * SIZE;
  const q = writeAsked(asked);
  const { ids, shortfall, more } = await findForAll(site, site.lists, asked, offset, SIZE);
  if (page > 1 && ids.length === 0) throw afterTheEnd(searchPath(q));
  const rows = (await getPublicPapers(site.db, ids)).map((paper) => ({ paper, facts: [] }));
  const paging = { offset, back: page > 1 ? searchPath(q, page - 1) : undefined, more: more ? searchPath(q, page + 1) : undefined };
  const title = `${searchTitle(asked)}${page > 1 ? ` · page ${page}` : ''}`;
  return pageOf(site, { title, description: `${searchTitle(asked)}.`, path: searchPath(q, page), feeds: [EVERYBODYS, feedOfSearch(asked)], q, main: searchMain({ asked, rows, paging, shortfall }) });
}

function helpPage(site: Site, problem: string | undefined, q = ''): Unsent {
  return pageOf(site, { title: 'Search', description: 'Search papers by words, authors, categories and code.', path: '/search', feeds: [EVERYBODYS], q, main: searchHelp(problem, site.topics) }, SETTLED);
}

async function paperPage(site: Site, paper: Awaited<ReturnType<typeof findOne>> & object, path: string): Promise<Unsent> {
  const main = paperMain(await withSimilar(site, paper));
  return pageOf(site, { title: titleOf(paper), description: clip(inShort(paper), 200) || 'A paper without an abstract.', path, feeds: [EVERYBODYS], main }, SETTLED);
}

// That a paper isn't here, and that somebody keeps it to themselves, is one and the same.
function notAPaper(id: string) {
  const arxivId = readPaperId(id)?.arxivId;
  if (!arxivId) return notFound('No paper here has this id.', [{ label: 'Search', path: '/search' }]);
  return notFound(`${arxivId} is not among the papers here. arXiv may have it.`, [{ label: `arXiv ${arxivId}`, path: `https://arxiv.org/abs/${arxivId}` }, { label: 'Search', path: '/search' }]);
}
