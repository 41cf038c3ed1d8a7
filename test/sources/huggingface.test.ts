import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/core/errors.ts';
import { huggingface } from '../../src/sources/index.ts';
import { readDailyItem } from '../../src/sources/huggingface-item.ts';
import { fixture, makeIo, readAll, useLoopback } from './world.ts';

const day = { from: '2026-07-13', to: '2026-07-13' };
const items = JSON.parse(fixture('hf/daily.2026-07-13.first5.json')) as Item[];

interface Item {
  paper: Record<string, unknown> & { id: string };
  [name: string]: unknown;
}

function item(id: string, more: object = {}): Item {
  return { paper: { id, title: `Paper ${id}`, summary: 'About it.', authors: [{ name: 'Ann' }], upvotes: 3, ...more } };
}

describe('an item of the daily list', () => {
  test('is read with all that it says, as recorded', () => {
    const read = readDailyItem(items[0], '2026-07-13');
    expect(read).toEqual({
      record: expect.objectContaining({
        source: 'huggingface',
        id: '2607.09024',
        arxivId: '2607.09024',
        title: 'Video Generation Models are General-Purpose Vision Learners',
        publishedOn: '2026-07-10',
        listedOn: '2026-07-13',
        upvotes: 84,
        organization: 'GoogleDeepMind',
        projectUrl: 'https://genception.github.io/',
        withdrawn: false,
      }) as unknown,
    });
  });

  test('takes the day of publication from the paper: the item’s own is hours early and calls itself UTC', () => {
    const shifted = items.filter(({ paper, publishedAt }) => String(publishedAt).slice(0, 10) !== String(paper.publishedAt).slice(0, 10));
    expect(shifted.length).toBeGreaterThan(0);
    for (const one of shifted) {
      expect(readDailyItem(one, undefined)).toMatchObject({ record: { publishedOn: String(one.paper.publishedAt).slice(0, 10) } });
    }
  });

  test('of each shipped day is read whole', () => {
    const folder = new URL('../../config/samples/huggingface/', import.meta.url);
    const all = readdirSync(folder).flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Item[]);
    expect(all.length).toBe(270);
    for (const one of all) expect(readDailyItem(one, undefined)).toHaveProperty('record.arxivId', one.paper.id);
  });

  test('keeps the summary that the list has of some', () => {
    expect(readDailyItem(item('2607.00001', { ai_summary: ' In\nshort. ' }), undefined)).toMatchObject({ record: { summary: 'In short.', abstract: 'About it.' } });
    expect(readDailyItem(item('2607.00001', { ai_summary: 7 }), undefined)).not.toHaveProperty('record.summary');
  });

  test('may lack everything but an id and a title, or have it in another shape', () => {
    const odd = { summary: null, authors: [{ name: 7 }, { name: 'Ann' }, { name: 'Shy', hidden: true }], upvotes: '12', githubRepo: 'javascript:alert(1)', organization: [], publishedAt: 'soon' };
    expect(readDailyItem(item('2607.00001', odd), '2026-07-13')).toEqual({
      record: {
        ...{ source: 'huggingface', id: '2607.00001', arxivId: '2607.00001', title: 'Paper 2607.00001', abstract: '' },
        ...{ authors: ['Ann'], categories: [], listedOn: '2026-07-13', withdrawn: false },
      },
    });
  });

  test.each([null, 5, {}, { paper: {} }, item(2607.1 as unknown as string), item('2607.00001', { title: ' ' }), item('')])('that is %j is rejected with a reason', (row) => {
    expect(readDailyItem(row, undefined)).toMatchObject({ rejected: { why: expect.stringMatching(/./) as unknown, raw: JSON.stringify(row) } });
  });

  test('keeps its id as text, with the zeros that a number would lose', () => {
    expect(readDailyItem(item('2607.10000'), undefined)).toMatchObject({ record: { id: '2607.10000', arxivId: '2607.10000' } });
  });
});

describe('the daily lists', () => {
  const server = useLoopback();
  const io = (more = {}) => makeIo({ env: { HF_ENDPOINT: server().base, HF_TOKEN: 'hf_secret' }, ...more });
  const answer = (lists: Record<string, unknown>, headers: Record<string, string> = {}) => {
    server().respond = (_request, response, url) => {
      const key = `${url.searchParams.get('date') ?? url.searchParams.get('sort')}${url.searchParams.get('p') ? ` p${url.searchParams.get('p')}` : ''}`;
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(lists[key] ?? []));
    };
  };

  test('of a window are asked for day by day, by the hundred, with the token and our own name', async () => {
    answer({ '2026-07-13': items });
    const read = await readAll(huggingface, { from: '2026-07-11', to: '2026-07-13' }, io());
    expect(read.records.length).toBe(5);
    expect(read.rejected).toEqual([]);
    const firsts = server().asked.filter(({ url }) => !url.includes('p='));
    expect(firsts.map(({ url }) => url)).toEqual(['2026-07-13', '2026-07-12', '2026-07-11'].map((on) => `/api/daily_papers?date=${on}&limit=100`));
    expect(firsts[0]!.headers).toMatchObject({ authorization: 'Bearer hf_secret', 'user-agent': expect.stringMatching(/^Paperround\/\d/) as unknown });
  });

  test('without a window are those of the last seven days and what is trending, each paper once', async () => {
    answer({ '2026-07-14': [item('2607.00001'), item('2607.00002')], '2026-07-13': [item('2607.00002')], trending: [item('2607.00001'), item('2606.00009')] });
    const read = await readAll(huggingface, undefined, io());
    expect(read.records.map(({ id, listedOn }) => [id, listedOn])).toEqual([['2607.00001', '2026-07-14'], ['2607.00002', '2026-07-14'], ['2606.00009', undefined]]);
    const days = new Set(server().asked.flatMap(({ url }) => /date=([\d-]+)/.exec(url)?.[1] ?? []));
    expect([...days]).toEqual(['2026-07-14', '2026-07-13', '2026-07-12', '2026-07-11', '2026-07-10', '2026-07-09', '2026-07-08']);
    expect(server().asked.filter(({ url }) => url.includes('sort=trending')).length).toBe(1);
  });

  test('are paged until a page is empty, or brings nothing new', async () => {
    answer({ '2026-07-13': [item('2607.00001')], '2026-07-13 p1': [item('2607.00002')] });
    expect((await readAll(huggingface, day, io())).records.length).toBe(2);
    answer({ '2026-07-13': [item('2607.00001')], '2026-07-13 p1': [item('2607.00001')], '2026-07-13 p2': [item('2607.00003')] });
    expect((await readAll(huggingface, day, io())).records.length).toBe(1);
  });

  test('are paged along Link headers, but the token never follows one to another host', async () => {
    server().respond = (_request, response, url) => {
      const next = url.searchParams.has('cursor') ? 'https://elsewhere.example/steal' : `${url.origin}/api/daily_papers?date=2026-07-13&cursor=abc`;
      const list = url.searchParams.has('p') ? [] : [item(url.searchParams.has('cursor') ? '2607.00002' : '2607.00001')];
      response.writeHead(200, { link: `<${next}>; rel="next"` }).end(JSON.stringify(list));
    };
    expect((await readAll(huggingface, day, io())).records.map(({ id }) => id)).toEqual(['2607.00001', '2607.00002']);
    expect(server().asked.every(({ url }) => url.startsWith('/api/daily_papers'))).toBe(true);
  });

  test('of a weekend are empty, which is no error', async () => {
    answer({});
    expect(await readAll(huggingface, { from: '2026-07-11', to: '2026-07-12' }, io())).toEqual({ records: [], rejected: [], cursor: undefined });
  });

  test('are left alone once the answer says that the quota is used up, until it is whole again', async () => {
    answer({ '2026-07-13': [item('2607.00001')] }, { ratelimit: '"api";r=0;t=120' });
    const refused = await readAll(huggingface, day, io()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'SourceError', retry: true, retryAfterMs: 121_000 });
    expect(server().asked.length).toBe(1);
  });

  const failures: [string, (base: string) => Parameters<typeof withAnswer>[0], object][] = [
    ['429 with the time to wait', () => ({ status: 429, headers: { ratelimit: '"api";r=0;t=33' }, body: '{"error":"We had to rate limit your IP"}' }), { retryAfterMs: 34_000, retry: true, message: expect.stringContaining('We had to rate limit your IP') as unknown }],
    ['429 with Retry-After', () => ({ status: 429, headers: { 'retry-after': '7' }, body: '' }), { retryAfterMs: 7000, retry: true }],
    ['503 with a date to come back', () => ({ status: 503, headers: { 'retry-after': 'Tue, 14 Jul 2026 12:01:00 GMT' }, body: '<html>' }), { retryAfterMs: 60_000 }],
    ['401 for a bad token, which no retry helps', () => ({ status: 401, headers: {}, body: '{"error":["Invalid token","x"]}' }), { retry: false, message: expect.stringContaining('401: Invalid token; x') as unknown }],
    ['half an answer', () => ({ status: 200, headers: {}, body: '[{"paper":{"id":"2607.0' }), { retry: true, message: expect.stringContaining('not whole JSON') as unknown }],
    ['another shape', () => ({ status: 200, headers: {}, body: '{"papers":[]}' }), { retry: true, message: expect.stringContaining('another shape') as unknown }],
    ['a page of HTML', () => ({ status: 200, headers: {}, body: '<html></html>' }), { retry: true }],
  ];

  function withAnswer({ status, headers, body }: { status: number; headers: Record<string, string>; body: string }) {
    server().respond = (_request, response) => void response.writeHead(status, headers).end(body);
  }

  test.each(failures)('that come as %s are a SourceError', async (_what, make, expected) => {
    withAnswer(make(server().base));
    const error = await readAll(huggingface, day, io()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject(expected);
    expect(String(error)).not.toContain('hf_secret');
  });

  test('that never come are given up after the time for one request', async () => {
    server().respond = () => {};
    await expect(readAll(huggingface, day, io({ timeoutMs: 50 }))).rejects.toThrow('did not answer within 0.05 s');
    server().respond = (_request, response) => void response.writeHead(200).write('[');
    await expect(readAll(huggingface, day, io({ timeoutMs: 50 }))).rejects.toThrow('did not answer within 0.05 s');
  });

  test('of a host that is down are a SourceError that says so', async () => {
    const error = await readAll(huggingface, day, makeIo({ env: { HF_ENDPOINT: 'http://127.0.0.1:1' } })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'SourceError', retry: true, message: expect.stringContaining('127.0.0.1:1 could not be reached') as unknown });
  });

  test('are not waited for when the work is called off', async () => {
    server().respond = () => {};
    const stop = new AbortController();
    const reading = readAll(huggingface, day, io({ signal: stop.signal }));
    stop.abort(new Error('stopping'));
    await expect(reading).rejects.toThrow('stopping');
  });
});
