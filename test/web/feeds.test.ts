// Feeds, read back by parsers of others.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { XMLValidator } from 'fast-xml-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { plain, tidy } from '../../src/core/text.ts';
import { useDb } from '../support/db.ts';
import { haveLibrary, openReader, PUBLIC_URL, type Reader } from '../support/edition.ts';
import { havePapers } from '../support/factories.ts';

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

const PLACES = ['/feed', '/topics/attention/feed', '/search/feed'];
const at = (place: string, format: string) => `${place}.${format}${place.startsWith('/search') ? '?q=attention' : ''}`;

/** Titles that want out: of markup, of CDATA, of JSON, of the character set. */
const HOSTILE = [
  '</title><script>alert(1)</script>',
  ']]></title><x> ]]> ]]]]><![CDATA[>',
  '&lt;b&gt; &amp;amp; &#0; &#xFFFE; &bogus;',
  '"quoted" \'and\' \\"escaped\\" \u2028 line',
  'control \u0001\u0008\u001f, half a pair \ud800, nothing \ufffe\uffff, \u202eright to left',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;',
  '<!-- -- --> --> <![CDATA[ ',
  '$\\alpha < \\beta$ & $x_{1}$',
  // As every source hands it over.
].map(tidy);

async function haveHostile(): Promise<void> {
  await havePapers(db(), HOSTILE.map((title, i) => ({ arxivId: `2607.2000${i}`, title, abstract: `${title} attention ${title}`, authors: [title, 'Ada'], organization: title, upvotes: 500 + i, githubUrl: i % 2 ? 'javascript:alert(1)' : `https://x.org/?a="<b>&c=${i}` })));
}

describe.each(PLACES)('%s', (place) => {
  test('Atom is what RFC 4287 asks for', async () => {
    const response = await reader.get(at(place, 'atom'));
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const text = await response.text();
    expect(XMLValidator.validate(text)).toBe(true);
    const feed = parseAtomFeed(text);
    expect(feed.id).toBe(`${PUBLIC_URL}${at(place, 'atom')}`);
    expect(feed.links).toContainEqual(expect.objectContaining({ rel: 'self', href: `${PUBLIC_URL}${at(place, 'atom')}` }));
    expect(feed.updated).toBe('2026-07-27T00:00:00.000Z');
    const entry = feed.entries!.find(({ title }) => title?.value === 'Sparse attention for long documents')!;
    expect(entry).toMatchObject({ id: 'https://arxiv.org/abs/2607.10001', published: '2026-07-27T00:00:00.000Z', updated: '2026-07-27T00:00:00.000Z', authors: [{ name: 'Ada Lovelace' }, { name: 'Alan Turing' }], categories: [{ term: 'cs.CL' }, { term: 'cs.LG' }] });
    expect(entry.links).toContainEqual(expect.objectContaining({ rel: 'alternate', href: `${PUBLIC_URL}/papers/2607.10001` }));
    expect(entry.content).toMatchObject({ type: 'html', value: expect.stringContaining('<a href="https://github.com/lab/sparse">Code</a>') as string });
    expect(new Set(feed.entries!.map(({ id }) => id)).size).toBe(feed.entries!.length);
  });

  test('RSS is 2.0, and another parser reads the same', async () => {
    const text = await reader.read(at(place, 'rss'));
    expect(XMLValidator.validate(text)).toBe(true);
    expect(parseRssFeed(text)).toMatchObject({ atom: { links: [{ rel: 'self', href: `${PUBLIC_URL}${at(place, 'rss')}` }] }, language: 'en' });
    const feed = await new Parser().parseString(text);
    const item = feed.items.find(({ title }) => title === 'Sparse attention for long documents')!;
    expect(item).toMatchObject({ guid: 'https://arxiv.org/abs/2607.10001', link: `${PUBLIC_URL}/papers/2607.10001`, isoDate: '2026-07-27T00:00:00.000Z', categories: ['cs.CL', 'cs.LG'] });
    expect(text).toContain('<guid isPermaLink="false">');
  });

  test('JSON Feed is 1.1', async () => {
    const response = await reader.get(at(place, 'json'));
    expect(response.headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
    const feed = (await response.json()) as { items: { id: string; title: string }[] };
    expect(jsonFeedProblems(feed)).toEqual([]);
    expect(feed).toMatchObject({ feed_url: `${PUBLIC_URL}${at(place, 'json')}` });
    expect(feed.items.map(({ title }) => title)).toContain('Sparse attention for long documents');
  });

  test('the three have the same papers in the same order', async () => {
    const ids = [
      parseAtomFeed(await reader.read(at(place, 'atom'))).entries!.map(({ id }) => id),
      (await new Parser().parseString(await reader.read(at(place, 'rss')))).items.map(({ guid }) => guid),
      parseJsonFeed(await reader.read(at(place, 'json'))).items!.map(({ id }) => id),
    ];
    expect(ids[1]).toEqual(ids[0]);
    expect(ids[2]).toEqual(ids[0]);
  });

  test('no title gets out of its place', async () => {
    await haveHostile();
    const atom = await reader.read(at(place, 'atom'));
    const rss = await reader.read(at(place, 'rss'));
    const json = await reader.read(at(place, 'json'));
    const wanted = HOSTILE.map((title) => shown(title)).sort();
    expect(XMLValidator.validate(atom)).toBe(true);
    expect(XMLValidator.validate(rss)).toBe(true);
    expect(atom + rss).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    const isOurs = (id: unknown) => String(id).startsWith('https://arxiv.org/abs/2607.2000');
    const entries = (await new Parser().parseString(atom)).items.filter((entry) => isOurs((entry as { id?: string }).id));
    expect(entries.map(({ title }) => title!.trim()).sort()).toEqual(wanted);
    // Readers take a title of RSS for HTML.
    const items = (await new Parser().parseString(rss)).items.filter(({ guid }) => isOurs(guid));
    expect(items.map(({ title }) => unescaped(title!)).sort()).toEqual(wanted);
    for (const { title, content } of items) expect(`${title} ${content}`).not.toMatch(/<script|<x>|<!DOCTYPE|javascript:/i);
    const feed = JSON.parse(json) as { items: { id: string; title: string; content_html: string }[] };
    expect(jsonFeedProblems(feed)).toEqual([]);
    expect(feed.items.filter(({ id }) => isOurs(id)).map(({ title }) => title).sort()).toEqual(wanted);
    for (const { content_html: content } of feed.items) expect(content).not.toMatch(/<script|<x>|<!DOCTYPE|javascript:/i);
  });
});

test('a reader that has it is told that nothing is new, until something is', async () => {
  const first = await reader.get('/feed.atom');
  const tag = first.headers.get('etag')!;
  expect((await reader.get('/feed.atom', { 'if-none-match': tag })).status).toBe(304);
  await havePapers(db(), [{ title: 'News', listedOn: '2026-07-28', upvotes: 4 }], new Date('2026-07-28T08:00:00Z'));
  const news = await reader.get('/feed.atom', { 'if-none-match': tag });
  expect(news.status).toBe(200);
  expect(parseAtomFeed(await news.text()).updated).toBe('2026-07-28T00:00:00.000Z');
});

test.each(PLACES)('%s tells a reader that goes by dates the same', async (place) => {
  for (const format of ['atom', 'rss', 'json']) {
    const path = at(place, format);
    const ask = (since: string, more = {}) => reader.get(path, { 'if-modified-since': since, ...more });
    const date = (await reader.get(path)).headers.get('last-modified')!;
    expect(new Date(date).toUTCString()).toBe(date);
    const known = await ask(date);
    expect([known.status, known.headers.get('last-modified'), known.headers.get('etag') !== null, await known.text()]).toEqual([304, date, true, '']);
    expect((await fetch(`${reader.url}${path}`, { method: 'HEAD', headers: { 'if-modified-since': date } })).status).toBe(304);
    const [before, later] = [-1_000, 3_600_000].map((ms) => new Date(Date.parse(date) + ms).toUTCString());
    expect([(await ask(before!)).status, (await ask(later!)).status, (await ask('soon')).status, (await ask(later!, { 'if-none-match': '"another"' })).status]).toEqual([200, 304, 200, 200]);
    // Of the day that was the newest before: what its papers are dated by hasn’t moved.
    await havePapers(db(), [{ title: `News of attention for ${format}`, upvotes: 40 }]);
    const news = await ask(date);
    expect(news.status).toBe(200);
    expect(await news.text()).toContain(`News of attention for ${format}`);
    expect(Date.parse(news.headers.get('last-modified')!)).toBeGreaterThan(Date.parse(date));
  }
});

test('a feed of a search has the newest first, and one without papers is a feed all the same', async () => {
  const feed = parseAtomFeed(await reader.read('/search/feed.atom?q=attention+most+voted'));
  expect(feed.title?.value).toBe('Paperround: Papers on “attention”');
  expect(feed.entries!.at(-1)!.title?.value).toBe('State space models of June');
  for (const format of ['atom', 'rss', 'json']) {
    const text = await reader.read(`/search/feed.${format}?q=zzzzqqqq`);
    if (format === 'json') expect(jsonFeedProblems(JSON.parse(text))).toEqual([]);
    else expect(XMLValidator.validate(text)).toBe(true);
  }
});

/** As people read it: without what no XML can hold. */
function shown(title: string): string {
  return plain(title).replace(/[\ufffe\uffff]/g, '').trim();
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&#39;', "'").replaceAll('&amp;', '&').trim();
}

/** https://www.jsonfeed.org/version/1.1/ as a schema. */
function jsonFeedProblems(feed: unknown): string[] {
  validate(feed);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const ajv = new Ajv2020({ allErrors: true });
ajv.addFormat('uri', (text: string) => URL.canParse(text));
ajv.addFormat('date-time', (text: string) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text));
const validate = ajv.compile(JSON.parse(readFileSync(new URL('../fixtures/json-feed-1.1.schema.json', import.meta.url), 'utf8')) as object);
