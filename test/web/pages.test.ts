// What a reader of the web edition sees.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { haveLibrary, openReader, paperDoor, PUBLIC_URL, type Reader } from '../support/edition.ts';

const db = useDb();
let reader: Reader;

beforeEach(async () => {
  await haveLibrary(db());
  reader = await openReader(db());
});
afterEach(async () => {
  expect(reader.errors).toEqual([]);
  await reader.stop();
});

/** Titles of the papers of a list, in their order. */
const titlesIn = (page: string) => [...page.matchAll(/<h2 id="p\d+"><a href="([^"]+)">([^<]*)<\/a>/g)].map(([, , title]) => title);
const linkNamed = (page: string, words: string) => new RegExp(`<a [^>]*href="([^"]+)"[^>]*>(?:<[^>]*>[^<]*</[^>]*>)?${words}`).exec(page)?.[1];

describe('the first page', () => {
  test('shows what trends, with date, abstract, votes and code', async () => {
    const page = await reader.read('/');
    expect(page).toContain('<h1>Monday 27 July 2026</h1>');
    expect(titlesIn(page)).toEqual(['Sparse attention for long documents', 'Grippers that feel', 'Attention heads that listen', 'A note on α-stable &lt;laws&gt;']);
    expect(page).toContain('<b>84</b> <span>upvotes</span>');
    expect(page).toContain('We prune attention heads of long documents.');
    expect(page).toContain('1,204 GitHub stars');
    expect(page).toContain('Ada Lovelace and Alan Turing · Analytical Engines');
    expect(linkNamed(page, 'Code')).toBe('https://github.com/lab/sparse');
  });

  test('links to the day before, to the whole day, and has a banner', async () => {
    const page = await reader.read('/');
    expect(linkNamed(page, 'Friday 24 July 2026')).toBe('/papers/date/2026-07-24');
    expect(linkNamed(page, 'All papers of this day')).toBe('/papers/date/2026-07-27');
    expect(page).toContain('<code>/roundup subscribe</code>');
    expect(page).not.toContain('type="email"');
  });

  test('offers email where there is any', async () => {
    const other = await openReader(db(), { email: paperDoor() });
    const page = await other.read('/');
    expect(page).toContain('Get trending papers in your email inbox');
    expect(page).toMatch(/<form action="\/subscribe" method="post">[^]*<input id="email" name="email" type="email" required/);
    await other.stop();
  });

  test('says what gained votes lately', async () => {
    await havePapers(db(), [{ arxivId: '2607.10002', title: 'Grippers that feel', upvotes: 43 }], new Date('2026-07-28T09:00:00Z'));
    reader.clock.moveTo('2026-07-28T12:00:00Z');
    expect(await reader.read('/')).toContain('+31 since yesterday');
  });

  test('of an empty table says that papers are on their way', async () => {
    await db().execute('truncate papers cascade');
    const page = await reader.read('/');
    expect(page).toContain('No paper has come in yet.');
    expect((await reader.get('/papers/week')).status).toBe(404);
  });
});

describe('days, weeks and months', () => {
  test('a day lists all its papers, most voted first, and leads to its neighbours', async () => {
    const page = await reader.read('/papers/date/2026-07-24');
    expect(page).toContain('<h1>Friday 24 July 2026</h1>');
    expect(titlesIn(page)).toEqual(['Attention heads that listen']);
    expect(linkNamed(page, 'Monday 15 June 2026')).toBe('/papers/date/2026-06-15');
    expect(linkNamed(page, 'Monday 27 July 2026')).toBe('/papers/date/2026-07-27');
  });

  test.each([
    ['/papers/week/2026-W31', '27 July to 2 August 2026', 3, '20 to 26 July 2026'],
    ['/papers/week', '27 July to 2 August 2026', 3, '20 to 26 July 2026'],
    ['/papers/month/2026-07', 'July 2026', 4, 'June 2026'],
    ['/papers/month', 'July 2026', 4, 'June 2026'],
  ])('%s is %s', async (path, title, papers, before) => {
    const page = await reader.read(path);
    expect(page).toContain(`<h1>${title}</h1>`);
    expect(titlesIn(page)).toHaveLength(papers);
    expect(linkNamed(page, before)).toBeDefined();
  });

  test('a day without papers says so, and where there are some', async () => {
    const response = await reader.get('/papers/date/2026-07-25');
    expect(response.status).toBe(404);
    const page = await response.text();
    expect(page).toContain('No paper was listed on Saturday 25 July 2026');
    expect(linkNamed(page, 'Friday 24 July 2026')).toBe('/papers/date/2026-07-24');
  });

  test('a long list has pages, and each paper is on one of them', async () => {
    await havePapers(db(), Array.from({ length: 30 }, (_, i) => ({ listedOn: '2026-05-04', title: `May paper ${i}`, upvotes: i })));
    const first = await reader.read('/papers/date/2026-05-04');
    expect(titlesIn(first)[0]).toBe('May paper 29');
    const next = linkNamed(first, 'More papers')!;
    const second = await reader.read(next);
    expect(second).toContain('<ol class="papers" start="21">');
    expect(new Set([...titlesIn(first), ...titlesIn(second)]).size).toBe(30);
    expect(linkNamed(second, 'Papers before these')).toBe('/papers/date/2026-05-04');
    expect((await reader.get('/papers/date/2026-05-04?page=3')).status).toBe(404);
    for (const page of ['2', '25']) {
      const beyond = await reader.get(`/search?q=attention&page=${page}`);
      expect([page, beyond.status]).toEqual([page, 404]);
      expect((await reader.get(`/search?page=${page}`)).status).toBe(404);
      expect(await beyond.text()).toMatch(/The list ends before this page\..*<a href="\/search\?q=attention">Its first page<\/a>/s);
    }
  });

  test('withdrawn papers are in no list, and say so on their own page', async () => {
    await havePapers(db(), [{ arxivId: '2607.10002', title: 'Grippers that feel', withdrawn: true }], new Date('2026-07-27T10:00:00Z'));
    expect(titlesIn(await reader.read('/papers/date/2026-07-27'))).not.toContain('Grippers that feel');
    expect(await reader.read('/papers/2607.10002')).toContain('This paper was withdrawn by its authors');
  });
});

describe('a paper', () => {
  test('has everything that is known of it, and papers like it with what both have', async () => {
    const page = await reader.read('/papers/2607.10001');
    for (const words of ['<h1 id="title">Sparse attention for long documents</h1>', 'Computation and Language (cs.CL), cs.LG', '84 upvotes on Hugging Face', '@misc{lovelace2026sparse', 'Listed on Monday 27 July 2026']) expect(page).toContain(words);
    expect(page).toMatch(/<h2 id="similar">[^]*Attention heads that listen[^]*both: /);
    expect(linkNamed(page, 'PDF')).toBe('https://arxiv.org/pdf/2607.10001');
  });

  test('has one address, however its id is written', async () => {
    for (const id of ['2607.10001v2', 'arXiv:2607.10001', 'id:1']) {
      const response = await reader.get(`/papers/${id}`);
      expect([response.status, response.headers.get('location')]).toEqual([301, '/papers/2607.10001']);
    }
  });

  test('of a file has the address of its own id', async () => {
    const page = await reader.read(`/papers/${encodeURIComponent('report/7 of ours')}`);
    expect(page).toContain('A report from a file');
    expect(page).toContain(`<link rel="canonical" href="${PUBLIC_URL}/papers/report%2F7%20of%20ours">`);
  });

  test('that isn’t here leads to arXiv, and nothing is asked of arXiv', async () => {
    const response = await reader.get('/papers/1706.03762');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('href="https://arxiv.org/abs/1706.03762"');
  });
});

describe('search', () => {
  test('finds as /paper does', async () => {
    const page = await reader.read('/search?q=attention');
    expect(page).toContain('<h1>Papers on “attention”</h1>');
    expect(titlesIn(page)[0]).toBe('Sparse attention for long documents');
    expect(page).toContain('name="q" type="search" maxlength="500" value="attention"');
  });

  test.each([
    ['attention sort:newest', 'Papers on “attention”, newest first', 'Grippers that feel'],
    ['attention most voted', 'Papers on “attention”, most voted first', 'State space models of June'],
    ['attention has:code', 'Papers on “attention” with code', 'Sparse attention for long documents'],
    ['cat:cs.RO', 'Papers on “cat:cs.RO”', 'Grippers that feel'],
    ['"state space"', 'Papers on "state space"', 'State space models of June'],
    ['author:"A Turing" heads', 'Papers on author:"A Turing" heads', 'Attention heads that listen'],
  ])('“%s” is %s', async (q, title, first) => {
    const page = await reader.read(`/search?${new URLSearchParams({ q }).toString()}`);
    expect(page).toContain(`<h1>${title.replaceAll('"', '&quot;')}</h1>`);
    expect(titlesIn(page)[0]).toBe(first);
  });

  test('leads from an id or a link to its paper', async () => {
    for (const q of ['2607.10001', 'https://huggingface.co/papers/2607.10001']) {
      const response = await reader.get(`/search?q=${encodeURIComponent(q)}`);
      expect([response.status, response.headers.get('location')]).toEqual([303, '/papers/2607.10001']);
    }
  });

  test('says what can be said, and what can’t be read', async () => {
    expect(await reader.read('/search')).toContain('linear attention -survey');
    const response = await reader.get('/search?q=attention+sort:colour');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('There is no order “sort:colour”.');
    expect(await reader.read('/search?q=zzzzqqqq')).toContain('No paper here matches.');
  });
});

describe('topics', () => {
  test('each has a page: what trends first, then the others', async () => {
    expect(linkNamed(await reader.read('/topics'), '<b>attention</b>')).toBe('/topics/attention');
    const page = await reader.read('/topics/attention');
    expect(titlesIn(page)).toEqual(['Sparse attention for long documents', 'Attention heads that listen', 'Grippers that feel', 'State space models of June']);
    expect(page).toContain('/roundup subscribe attention');
    expect((await reader.get('/topics/alchemy')).status).toBe(404);
  });
});

describe('every page', () => {
  const PATHS = ['/', '/papers/date/2026-07-27', '/papers/week', '/papers/month', '/papers/2607.10001', '/search', '/search?q=attention', '/topics', '/topics/attention', '/feed.atom', '/feed.rss', '/feed.json'];

  test.each(PATHS)('%s answers a look and a conditional look, and keeps its guard up', async (path) => {
    const response = await reader.get(path);
    const body = await response.text();
    const tag = response.headers.get('etag')!;
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('strict-transport-security')).toContain('max-age=');
    expect(response.headers.get('set-cookie')).toBeNull();
    const again = await reader.get(path, { 'if-none-match': `"other", W/${tag}` });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
    const look = await fetch(`${reader.url}${path}`, { method: 'HEAD' });
    expect([look.status, look.headers.get('etag'), await look.text()]).toEqual([200, tag, '']);
    if (!path.startsWith('/feed')) {
      expect(body).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(body).not.toMatch(/<script|<iframe|\s(?:style|src|on\w+)=/i);
      expect([...body.matchAll(/<link rel="alternate" type="([^"]+)"/g)].slice(0, 3).map(([, type]) => type)).toEqual(['application/atom+xml', 'application/rss+xml', 'application/feed+json']);
    }
  });

  test('loads one stylesheet, which may be kept for good', async () => {
    const [, path] = /<link rel="stylesheet" href="([^"]+)">/.exec(await reader.read('/'))!;
    const response = await reader.get(path!);
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(await response.text()).not.toMatch(/url\(|@import/);
  });

  test('what isn’t there, or can’t be, is a page that says what to do', async () => {
    const asked: [string, RequestInit, number][] = [
      ['/nowhere', {}, 404],
      ['/papers/date/2026-02-30', {}, 404],
      ['/papers/week/2026-W60', {}, 404],
      ['/papers/month/2026-13', {}, 404],
      ['/?page=minus', {}, 400],
      ['/?page=400', {}, 404],
      [`/search?q=${'a'.repeat(501)}`, {}, 400],
      ['/search/feed.atom', {}, 400],
      ['/', { method: 'POST' }, 405],
      ['/subscribe', { method: 'POST' }, 405],
    ];
    for (const [path, init, status] of asked) {
      const response = await fetch(`${reader.url}${path}`, init);
      expect([path, response.status]).toEqual([path, status]);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toMatch(/<h1>[^<]+<\/h1>\n<p>[A-Z][^<]+\.<\/p>/);
    }
  });

  test('a flood is answered with when to come back, and others are not kept waiting', async () => {
    const at = reader.clock.now();
    const flooded = await openReader(db(), { now: () => at, isProxy: (address) => address === '127.0.0.1' });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const statuses = await Promise.all(Array.from({ length: 80 }, async () => (await flooded.get('/robots.txt', from('198.51.100.7'))).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    const refused = await flooded.get('/', from('198.51.100.7'));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await flooded.get('/', from('198.51.100.8'))).status).toBe(200);
    // A client that says so itself is not believed.
    expect((await flooded.get('/', from('198.51.100.8, 198.51.100.7'))).status).toBe(429);
    expect((await flooded.get('/healthz', from('198.51.100.7'))).status).toBe(200);
    await flooded.stop();
  });

  test('of a database that is away says when to try again', async () => {
    const broken = await openReader({ ...db(), execute: () => Promise.reject(new Error('Failed query: select', { cause: new Error('connect ECONNREFUSED db.internal') })), select: () => { throw new Error('Failed query: select'); } } as never); // prettier-ignore
    const response = await broken.get('/');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await response.text()).not.toContain('internal');
    expect(broken.errors).toHaveLength(1);
    await broken.stop();
  });
});

test('robots are told what to leave alone', async () => {
  expect(await reader.read('/robots.txt')).toMatch(/^User-agent: \*\nDisallow: \/search\n/);
});
