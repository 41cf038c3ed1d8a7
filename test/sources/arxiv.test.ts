import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/core/errors.ts';
import { arxiv } from '../../src/sources/index.ts';
import { explainFeed, parseAnnouncements, parseEntries, saysWithdrawn } from '../../src/sources/arxiv-feed.ts';
import { fixture, makeIo, readAll, useLoopback } from './world.ts';

function entry(id: string, more = ''): string {
  return `<entry><id>http://arxiv.org/abs/${id}</id><title>Paper ${id}</title><summary>About.</summary><published>2026-07-13T10:00:00Z</published>
    <author><name>Ann</name></author><category term="cs.AI"/>${more || '<arxiv:primary_category term="cs.AI"/>'}</entry>`;
}

function feed(total: number, ...entries: string[]): string {
  return `<feed xmlns:arxiv="a" xmlns:opensearch="o"><opensearch:totalResults>${total}</opensearch:totalResults>${entries.join('')}</feed>`;
}

describe('an answer of the query API', () => {
  test.each([
    ['200.all-transformer.max5.2026-06-14.xml', 28946, 5],
    ['200.cs.AI-LG.max50.2026-07-13.xml', 386601, 8],
    ['200.q_testing_s0_m10.xml', 214881, 10],
    ['200.id_0808.05394_1707.08567_s0_m100.xml', 1, 1],
    ['200.id_0000.0000_s0_m100.xml', 0, 0],
  ])('is read as recorded: %s', (name, total, papers) => {
    const page = parseEntries(fixture(`arxiv/${name}`));
    expect(page.total).toBe(total);
    expect(page.items.map(({ item }) => Object.keys(item)[0])).toEqual(Array.from({ length: papers }, () => 'record'));
  });

  test('gives a paper whole: the title “0” too, the old style, the version from the id', () => {
    expect(parseEntries(fixture('arxiv/200.id_2104.12255v1_s0_m100.xml')).items[0]).toMatchObject({
      item: { record: { id: '2104.12255', arxivId: '2104.12255', version: 1, title: '0', authors: ['Quan Thoi Minh Nguyen'], categories: ['cs.CR'], publishedOn: '2021-04-20', withdrawn: false } },
      primary: 'cs.CR',
    });
    expect(parseEntries(fixture('arxiv/200.id_astro-ph_0601001_s0_m100.xml')).items[0]).toMatchObject({
      item: { record: { arxivId: 'astro-ph/0601001', categories: ['astro-ph'], authors: ['Andrew Gould', 'Susan Dorsher', 'B. Scott Gaudi', 'Andrzej Udalski'] } },
    });
  });

  test('tells the day of the newest version, the DOI, and where the paper was published', () => {
    expect(parseEntries(fixture('arxiv/200.q_testing_s0_m10.xml')).items[0]).toMatchObject({
      item: { record: { publishedOn: '2022-02-24', revisedOn: '2022-02-24', doi: '10.1109/ICSTW55395.2022.00035', journalRef: expect.stringMatching(/^Artificial Intelligence in Software Testing @ 2022/) as string } },
    });
    expect(parseEntries(fixture('arxiv/200.id_astro-ph_0601001_s0_m100.xml')).items[0]).toMatchObject({ item: { record: { journalRef: 'ActaAstron.56:1-50,2006' } } });
  });

  test('of status 400 holds its error in an entry', () => {
    expect(() => parseEntries(fixture('arxiv/400.id_abc_s0_m100.xml'))).toThrow('incorrect id format for abc');
    expect(explainFeed(fixture('arxiv/400.id_abc_s0_m100.xml'))).toBe('incorrect id format for abc');
    expect(explainFeed('Rate exceeded.')).toBe('Rate exceeded.');
  });

  test('may have other prefixes, order, and references to characters', () => {
    const xml = feed(1, `<entry><a:category xmlns:a="x" term="68T50"/><category term="cs.SY"/><category term="eess.SY"/><author><name>R&#233;my &amp; Co</name></author>
      <summary>  a &lt; b\n  c </summary><id>https://arxiv.org/abs/2607.00001v2</id><title>New\n  lines</title></entry>`);
    expect(parseEntries(xml).items[0]!.item).toEqual({
      record: { source: 'arxiv', id: '2607.00001', arxivId: '2607.00001', version: 2, title: 'New lines', abstract: 'a < b c', categories: ['eess.SY'], authors: ['Rémy & Co'], withdrawn: false },
    });
  });

  test.each(['', 'Rate exceeded.', '<html><body>hello</body></html>', '<feed><entry>', '<feed></feed>', '{}'])('that is %j is a SourceError', (text) => {
    expect(() => parseEntries(text)).toThrow(SourceError);
  });

  test('without an id or a title in an entry costs that entry alone', () => {
    const page = parseEntries(feed(2, '<entry><id>http://arxiv.org/abs/what</id><title>x</title></entry>', '<entry><id>http://arxiv.org/abs/2607.00001v1</id><title> </title></entry>', entry('2607.00002v1')));
    expect(page.items.map(({ item }) => ('rejected' in item ? item.rejected.why : item.record.id))).toEqual(['no arXiv id', 'no title', '2607.00002']);
  });
});

describe('a withdrawal', () => {
  test.each(['Withdrawn', 'withdrawn. It was a silly notion', 'Paper withdrawal', 'preprint withdrawn', '27 pages; Withdrawn after long negotiation', 'This paper has been temporarily withdrawn by the author(s)', 'it has been withdrawn from the archive', 'The article is already withdrawn'])(
    'is seen in the comment “%s”',
    (comment) => expect(saysWithdrawn('An abstract.', comment)).toBe(true),
  );

  test.each(['12 pages', 'Withdrawn from ICML', 'This paper was withdrawn from CVPR', 'We study withdrawn applications', 'One author has withdrawn'])('is not seen in “%s”', (comment) => {
    expect(saysWithdrawn('An abstract.', comment)).toBe(false);
  });

  test('is seen in an abstract that is nothing but the notice, and not in a whole one', () => {
    expect(saysWithdrawn('This submission has been withdrawn at the request of the author.', '')).toBe(true);
    expect(saysWithdrawn(`${'We study how papers change. '.repeat(30)} The paper was withdrawn.`, '')).toBe(false);
  });
});

describe('the daily feed', () => {
  const rss = fixture('arxiv/atom.cs.AI.2025-08-20.trimmed7.xml');

  test('gives what is new, with the day of the announcement, and cross-lists by choice', () => {
    const fresh = parseAnnouncements(rss, false);
    expect(fresh.map((item) => 'record' in item && item.record.id)).toEqual(['2508.14001', '2508.14002']);
    expect(fresh[0]).toMatchObject({ record: { version: 1, authors: ['Alice Smith', 'Bob Jones'], listedOn: '2025-08-20', publishedOn: '2025-08-20', categories: ['cs.AI', 'cs.LG'] } });
    expect(fresh[0]).toMatchObject({ record: { abstract: expect.stringMatching(/^We propose/) as unknown } });
    expect(parseAnnouncements(rss, true).length).toBe(7);
  });

  test('is read as RSS as well, leaving replacements out', () => {
    const item = (id: string, type: string) =>
      `<item><title>T ${id}</title><guid isPermaLink="false">oai:arXiv.org:${id}</guid><description>arXiv:${id} Announce Type: ${type} \nAbstract: Some &lt;i&gt; words.</description>
       <category>cs.AI</category><pubDate>Mon, 13 Jul 2026 00:00:00 -0400</pubDate><arxiv:announce_type>${type}</arxiv:announce_type><dc:creator>Ann One, Bob Two</dc:creator></item>`;
    const text = `<rss xmlns:arxiv="a" xmlns:dc="d"><channel>${item('2607.00001v1', 'new')}${item('2607.00002v3', 'replace')}${item('2607.00003v2', 'replace-cross')}${item('cs/0112017v1', 'cross')}</channel></rss>`;
    expect(parseAnnouncements(text, false)).toEqual([
      { record: { source: 'arxiv', id: '2607.00001', arxivId: '2607.00001', version: 1, title: 'T 2607.00001v1', abstract: 'Some <i> words.', categories: ['cs.AI'], authors: ['Ann One', 'Bob Two'], publishedOn: '2026-07-13', listedOn: '2026-07-13' } },
    ]);
    expect(parseAnnouncements(text, true).length).toBe(2);
  });

  test('is valid and empty at weekends', () => {
    expect(parseAnnouncements(fixture('arxiv/rss2.cs.CL.weekend-empty.2026-08-01.xml'), true)).toEqual([]);
  });

  test('of two thousand entries full of references is read whole', () => {
    const one = `<item><title>A</title><guid>oai:arXiv.org:2607.00001v1</guid><description>Abstract: ${'a &lt; b &amp; c '.repeat(60)}</description></item>`;
    expect(parseAnnouncements(`<rss><channel>${one.repeat(2000)}</channel></rss>`, false).length).toBe(2000);
  });
});

describe('arXiv', () => {
  const server = useLoopback();
  const io = (more = {}) => makeIo({ env: { ARXIV_API_URL: server().base, PAPERROUND_CONTACT: 'mailto:ann@example.org' }, ...more });
  const answer = (status: number, body: string, headers: Record<string, string> = {}) => {
    server().respond = (_request, response) => void response.writeHead(status, headers).end(body);
  };

  test('is asked for its feed once, and then only whether it changed', async () => {
    answer(200, fixture('arxiv/atom.cs.AI.2025-08-20.trimmed7.xml'), { etag: '"abc"' });
    const first = await readAll(arxiv, undefined, io());
    expect(first.records.length).toBe(2);
    expect(server().asked[0]!.url).toBe('/rss/cs.AI+cs.LG');
    expect(server().asked[0]!.headers['user-agent']).toMatch(/^Paperround\/[\d.]+ \(\+mailto:ann@example.org\)$/);

    answer(304, '');
    const second = await readAll(arxiv, undefined, io({ cursor: first.cursor }));
    expect(second.records).toEqual([]);
    expect(second.cursor).toEqual(first.cursor);
    expect(server().asked[1]!.headers['if-none-match']).toBe('"abc"');

    await readAll(arxiv, undefined, io({ cursor: first.cursor, categories: ['cs.CL'] }));
    expect(server().asked[2]!.headers).not.toHaveProperty('if-none-match');
  });

  test('is paged through for old days, each request in its turn, leaving out what is only cross-listed', async () => {
    const all = Array.from({ length: 450 }, (_, at) => entry(`2607.${String(10_000 + at)}v1`, at % 10 ? '' : '<arxiv:primary_category term="math.CO"/>'));
    server().respond = (_request, response, url) => {
      const start = Number(url.searchParams.get('start'));
      response.end(feed(all.length, ...all.slice(start, start + Number(url.searchParams.get('max_results')))));
    };
    let turns = 0;
    const read = await readAll(arxiv, { from: '2026-07-12', to: '2026-07-13' }, io({ pace: async () => void turns++ }));
    expect(read.records.length).toBe(405);
    expect(turns).toBe(3);
    expect(new URL(server().asked[0]!.url, server().base).searchParams.get('search_query')).toBe('(cat:cs.AI OR cat:cs.LG) AND submittedDate:[202607120000 TO 202607132359]');
    expect((await readAll(arxiv, { from: '2026-07-12', to: '2026-07-13' }, io({ crossLists: true }))).records.length).toBe(450);
  });

  test('that answers with an empty page below its own total has failed', async () => {
    answer(200, feed(12));
    await expect(readAll(arxiv, { from: '2026-07-13', to: '2026-07-13' }, io())).rejects.toThrow('empty page at 0 of 12');
    await expect(arxiv.lookUp!(['2607.00001'], io())).rejects.toThrow(SourceError);
  });

  test('is not asked for more than it gives', async () => {
    answer(200, feed(30_001, entry('2607.00001v1')));
    await expect(readAll(arxiv, { from: '2020-01-01', to: '2026-07-13' }, io())).rejects.toMatchObject({ retry: false, message: expect.stringContaining('take fewer days') as unknown });
  });

  test.each([
    [400, fixture('arxiv/400.id_abc_s0_m100.xml'), {}, { retry: true, message: expect.stringContaining('400: incorrect id format for abc') as unknown }],
    [429, 'Rate exceeded.', {}, { retry: true, message: expect.stringContaining('429: Rate exceeded.') as unknown }],
    [503, '', { 'retry-after': '30' }, { retry: true, retryAfterMs: 30_000 }],
    [200, 'Rate exceeded.', {}, { retry: true, retryAfterMs: 60_000 }],
    [200, '<feed><entry>', {}, { retry: true }],
  ])('that answers %i %j has failed, and is worth another try', async (status, body, headers, expected) => {
    answer(status, body, headers);
    for (const reading of [readAll(arxiv, undefined, io()), arxiv.lookUp!(['2607.00001'], io())]) {
      const error = await reading.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(SourceError);
      expect(error).toMatchObject(expected);
    }
  });

  test('is asked for papers by id, and says nothing of unknown ones', async () => {
    answer(200, fixture('arxiv/200.id_0808.05394_1707.08567_s0_m100.xml'));
    const found = await arxiv.lookUp!(['0808.0539', '1707.08567'], io());
    expect(found.map(({ id }) => id)).toEqual(['1707.08567']);
    expect(new URL(server().asked[0]!.url, server().base).searchParams.get('id_list')).toBe('0808.0539,1707.08567');
    answer(200, fixture('arxiv/200.id_0000.0000_s0_m100.xml'));
    expect(await arxiv.lookUp!(['2607.99999'], io())).toEqual([]);
  });
});
