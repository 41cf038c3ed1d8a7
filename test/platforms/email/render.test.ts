// What a mail looks like to those who read it, and that nothing in it does anything.
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { note, text, type Doc } from '../../../src/core/doc.ts';
import { quietDoc, roundupDoc, type RoundupItem } from '../../../src/core/roundup.ts';
import { plain } from '../../../src/core/text.ts';
import { confirmationDoc } from '../../../src/email/confirmation.ts';
import { email } from '../../../src/platforms/email/index.ts';
import { letterOf, type Body } from '../../../src/platforms/email/letter.ts';
import { messagesOf } from '../../../src/delivery/messages.ts';
import { aPaper, MONDAY } from '../../support/factories.ts';

const HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', '{{7*7}} ${7*7} %UNSUBSCRIBE%', 'Bcc: eve@evil.example\r\nX: y', '\u202egnp.exe', '=?utf-8?q?x?=', '</style><style>*{display:none}', '--boundary', '.\r\n.\r\nMAIL FROM:<x>'];

const edges = readFileSync('test/fixtures/edge-cases.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line, i): RoundupItem => {
    const { title, abstract, authors, id } = JSON.parse(line) as { title: string; abstract: string; authors: string[]; id: string };
    return { paper: aPaper({ id: i + 1, ref: id, arxivId: id, title, abstract, authors, sources: ['arxiv'] }), why: ['84 upvotes, +31 since yesterday', 'matches nlp'], topics: ['nlp'] };
  });
const hostile = HOSTILE.map((title, i): RoundupItem => ({ paper: aPaper({ id: 900 + i, arxivId: null, url: ['javascript:alert(1)', 'http://insecure.example/a', 'data:text/html,x', 'https://ok.example/"><script>'][i % 4]!, title, abstract: title, authors: [title] }), why: [title] }));

const roundup = (items: RoundupItem[], layout: 'compact' | 'full' | 'each' = 'compact'): Doc =>
  roundupDoc({ on: '2026-07-27', items, topics: ['nlp'], notes: ['20 minutes late: it was waiting for arXiv.'], layout, threads: false });
const asking = confirmationDoc({ topics: [{ query: 'attention', name: null }], schedule: { zone: 'Europe/Berlin', at: '09:00', days: [1, 2, 3, 4, 5] }, size: 10, until: MONDAY, link: 'https://papers.example/email/confirm?token=abc' });

const FOOT = { address: 'ada@lab.example', home: 'https://papers.example', unsubscribe: 'https://papers.example/email/unsubscribe?token=abc' };
const bodyOf = (doc: Doc) => email.render(doc)[0] as unknown as Body;
const letter = (doc: Doc) => letterOf(bodyOf(doc), FOOT);

const DOCS: Record<string, Doc> = {
  'ten papers': roundup(edges.slice(0, 10)),
  'the oddest papers': roundup(edges.slice(-25)),
  'hostile ones': roundup(hostile),
  'a quiet day': quietDoc('2026-07-27', 'arXiv has a holiday'),
  'a question': asking,
  'notes and code': { summary: 'All kinds.', blocks: [text('Plain ', { text: 'bold', bold: true }, ' ', { text: 'a link', url: 'https://ok.example' }), note({ text: '/roundup list', code: true }, ' lists.'), { kind: 'code', text: '@article{a,\n  title = {<b>}\n}' }] },
};

describe.each(Object.keys(DOCS))('a mail with %s', (name) => {
  const doc = DOCS[name]!;
  const { html, text: words } = letter(doc);

  test('has no script, asks nothing of anybody when it is opened, and links to https alone', () => {
    expect(html).not.toMatch(/<(script|img|iframe|object|embed|form|input|link|base|svg|video|audio)\b/i);
    expect(html).not.toMatch(/\son\w+\s*=\s*["']/i);
    expect(html.match(/<[a-z][^>]*>/gi)!.join('')).not.toMatch(/url\(|refresh|\bsrc=|\bsrcset=|\bbackground=/i);
    expect(html).not.toMatch(/@import|@font-face/i);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((href) => !href.startsWith('https://'))).toEqual([]);
  });

  test('says the same in plain text, in lines that a terminal holds', () => {
    expect(words.split('\n').filter((line) => line.length > 78 && !/https?:\/\/\S{60}/.test(line))).toEqual([]);
    expect(words).not.toMatch(/<(p|td|table|a|h1|h2|div)\b|&(amp|lt|gt|quot|apos|#\d+);/i);
    expect(words).not.toMatch(/[^\P{Cc}\n]/u);
    expect(words).toContain(`Unsubscribe: ${FOOT.unsubscribe}`);
    const flat = words.replace(/\s+/g, ' ');
    for (const block of doc.blocks) if (block.kind === 'item' && typeof block.title !== 'string') expect(flat).toContain(block.title.text.replace(/\s+/g, ' ').trim());
  });
});

describe('a roundup as a mail', () => {
  test.each(['compact', 'full', 'each'] as const)('is one mail, with every paper in its order and why it is there: %s', (layout) => {
    const onePost = email.onePost && layout === 'each' ? 'full' : layout;
    const mails = messagesOf(email, roundup(edges.slice(0, 25), onePost));
    expect(mails).toHaveLength(1);
    const { text: words } = letter(roundup(edges.slice(0, 25), onePost));
    const flat = words.replace(/\s+/g, ' ');
    edges.slice(0, 25).forEach(({ paper }, i) => expect(flat).toContain(`${i + 1}. ${plain(paper.title)}`.slice(0, 60)));
    expect(flat.match(/84 upvotes, \+31 since yesterday · matches nlp/g)).toHaveLength(25);
    expect(flat).toContain('20 minutes late: it was waiting for arXiv.');
  });

  test('is called by its date, and shows in a list of mails what is in it', () => {
    expect(bodyOf(roundup(edges.slice(0, 3)))).toMatchObject({ subject: 'Trending papers, 27 July 2026', preview: expect.stringMatching(/^3 trending papers on nlp for 27 July 2026, first “/) as string });
  });

  test('reads like this as text', () => {
    const items: RoundupItem[] = [
      { paper: aPaper({ id: 1, title: 'Attention is what you make of it', abstract: 'We propose a thing. It beats every baseline by two points. We release it.', authors: ['Ada Lovelace', 'Alan Turing', 'Emmy Noether'], sources: ['arxiv'] }), why: ['84 upvotes', 'matches nlp'] },
      { paper: aPaper({ id: 2, arxivId: '2607.00002', title: 'A title that is so long that it can’t stand in one line of a mail that is read in a terminal of eighty columns', abstract: 'We propose another thing.', authors: ['Kurt Gödel'], sources: ['arxiv'] }), why: ['12 upvotes'] },
    ];
    expect(letter(roundup(items)).text).toMatchInlineSnapshot(`
      "Trending papers, 27 July 2026
      =============================

      2 trending papers on nlp for 27 July 2026, first “Attention is what you
      make of it”.

      1. Attention is what you make of it
         84 upvotes · matches nlp · Ada Lovelace et al.
         It beats every baseline by two points.
         https://arxiv.org/abs/2607.00001

      2. A title that is so long that it can’t stand in one line of a mail
         that is read in a terminal of eighty columns
         12 upvotes · Kurt Gödel
         We propose another thing.
         https://arxiv.org/abs/2607.00002

      20 minutes late: it was waiting for arXiv.

      Thank you to arXiv for use of its open access interoperability.

      -- 
      You asked for this roundup, for ada@lab.example. To change its topics or
      its hour, subscribe again: once it is confirmed, the new one takes its
      place.
      Unsubscribe: https://papers.example/email/unsubscribe?token=abc
      Subscribe again: https://papers.example/subscribe
      Papers on the web: https://papers.example
      "
    `);
  });
});

describe('a mail that asks', () => {
  test('says what it would bring, and has one button', () => {
    const { html, text: words } = letterOf(bodyOf(asking), { address: FOOT.address, home: FOOT.home });
    expect(words.replace(/\s+/g, ' ')).toContain('asked that this address gets a roundup on attention: weekdays at 09:00, Europe/Berlin, at most 10 papers.');
    expect(words).toContain('Confirm:\nhttps://papers.example/email/confirm?token=abc\n');
    expect(html.match(/>Confirm</g)).toHaveLength(1);
    expect(html).not.toMatch(/unsubscribe/i);
  });

  test.each(['buy at evil.example now', 'http://evil.example/a?b', 'www.evil.example', 'mailto:eve@evil.example', '"evil.example/login"', 'evil\\.example'])('makes no link of the words “%s”, which a stranger may have written', (query) => {
    const words = letter(confirmationDoc({ topics: [{ query, name: null }], schedule: { zone: 'UTC', at: '09:00', days: [1] }, size: 5, until: MONDAY, link: 'https://papers.example/x' })).text;
    expect(words).not.toMatch(/evil\.example|http:\/\/|@evil/);
  });

  test('leaves categories as they are called', () => {
    const words = letter(confirmationDoc({ topics: [{ query: 'attention -cat:cs.CV (cat:cs.CL or cat:math)', name: null }], schedule: { zone: 'UTC', at: '09:00', days: [1] }, size: 5, until: MONDAY, link: 'https://papers.example/x' })).text;
    expect(words.replace(/\s+/g, ' ')).toContain('attention -cat:cs.CV (cat:cs.CL or cat:math)');
  });
});

describe('to everybody’s eyes', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  });
  afterAll(() => browser?.close());

  test.each(Object.keys(DOCS).flatMap((name) => (['light', 'dark'] as const).map((scheme) => ({ name, scheme }))))('$name can be read by everybody, $scheme', async ({ name, scheme }) => {
    const page = await browser.newPage({ colorScheme: scheme, viewport: { width: 390, height: 800 } });
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    await page.setContent(letter(DOCS[name]!).html);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })");
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 120)} ${node.failureSummary}`).join('\n')}`)).toEqual([]);
    expect(asked.filter((url) => !url.startsWith('about:') && !url.startsWith('data:'))).toEqual([]);
    // Nothing is wider than a phone.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.close();
  });
});
