import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { page } from '../../src/sources/index.ts';
import { readPageDate } from '../../src/sources/page-date.ts';
import { bytesOf, makeIo, readAll } from './world.ts';

const text = readFileSync(new URL('../../config/samples/page/2026-03-14.fetched-2026-03-14.txt', import.meta.url), 'utf8');
const read = (content: string | Uint8Array, window?: { from: string; to: string }) => readAll(page, window, makeIo({ input: bytesOf(content) }));

const abstract = (about: string) => `This is what we did about ${about}, in a sentence that is long enough for an abstract.`;

describe('the trending page', () => {
  test('gives all of its 45 papers, titles with their abstracts, on its latest past day', async () => {
    const { records, rejected } = await read(text);
    expect(records.length).toBe(45);
    expect(rejected).toEqual([]);
    expect(records[0]).toMatchObject({ source: 'page', id: 'pac generalization via invariant representations', title: 'PAC Generalization via Invariant Representations', listedOn: '2026-03-14' });
    expect(records[0]!.abstract).toMatch(/^One method for obtaining generalizable solutions/);
    expect(records.at(-1)!.title).toBe('Learning to Prompt for Vision-Language Models');
    expect(records.at(-1)!.abstract).toMatch(/hand-crafted prompts\.$/);
    expect(new Set(records.map(({ id }) => id)).size).toBe(45);
    expect(records.every(({ title, abstract }) => title.length < 130 && abstract.length > 1300)).toBe(true);
  });

  test('is of the day that it is said to be of', async () => {
    expect((await read(text, { from: '2024-03-14', to: '2024-03-14' })).records[0]!.listedOn).toBe('2024-03-14');
  });

  test.each([
    ['carriage returns', text.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${text}`],
    ['no blank lines', text.replace(/\n+/g, '\n')],
    ['more blank lines', text.replaceAll('\n\n', '\n \n\t\n\n')],
    ['no end of its last line', text.trimEnd()],
  ])('may have %s', async (_what, content) => {
    expect((await read(content)).records).toEqual((await read(text)).records);
  });

  test('that lost a line loses that paper and no other, and says where', async () => {
    const content = ['Subscribe', 'Mar 14', 'First', abstract('one'), 'Second', 'Third', abstract('three'), abstract('four').repeat(5), 'Fifth', abstract('five'), 'Sixth'].join('\n\n');
    const { records, rejected } = await read(content);
    expect(records.map(({ title }) => title)).toEqual(['First', 'Third', 'Fifth']);
    expect(rejected.map(({ line, why }) => [line, why])).toEqual([
      [9, 'a title without an abstract under it'],
      [15, 'an abstract without a title above it'],
      [21, 'a title without an abstract under it'],
    ]);
  });

  test('has papers with long, odd and equal titles', async () => {
    const long = 'Über '.repeat(55).trim();
    const { records } = await read(['Mar 14', long, abstract('length'), '0', abstract('zero'), '???', abstract('nothing')].join('\n'));
    expect(records.map(({ title }) => title)).toEqual([long, '0', '???']);
    expect(records.every(({ id }) => id.length > 0 && id.length <= 255)).toBe(true);
  });

  test.each([
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'the page is in UTF-16; save it as UTF-8'],
    ['Latin-1', Buffer.from('Mar 14\nCaf\u00e9\n', 'latin1'), 'save it as UTF-8'],
    ['HTML', '<!doctype html><p>Mar 14</p>', 'HTML; copy the text of the page instead'],
    ['bytes', Buffer.from([1, 0, 2, 0]), 'bytes that no text has'],
    ['nothing', '', 'no line with a date'],
    ['a poem', 'Two roads diverged\nin a yellow wood', 'no line with a date'],
    ['a date alone', 'Mar 14\n', 'no title with an abstract under it'],
  ])('that is %s is refused in plain words', async (_what, content, words) => {
    await expect(read(content)).rejects.toThrow(words);
  });
});

test.each([
  ['Mar 14', '2026-03-14'], ['March 14', '2026-03-14'], ['14 March', '2026-03-14'], ['Jul 14', '2026-07-14'], ['Jul 15', '2025-07-15'],
  ['Dec 31', '2025-12-31'], ['Feb 29', '2024-02-29'], ['Mar 14, 2023', '2023-03-14'], ['Friday, Sept. 4', '2025-09-04'], ['Mar 14th', '2026-03-14'],
])('“%s” on a page of July 2026 is %s', (line, on) => {
  expect(readPageDate(line, '2026-07-14')).toBe(on);
}); // prettier-ignore

test.each(['Mar', '14', 'Feb 30', 'Feb 29, 2023', 'Mars 14', 'Mar 14 is the day', 'Learning 2', 'Ma 14', 'byAK and the research community'])('“%s” is no date', (line) => {
  expect(readPageDate(line, '2026-07-14')).toBeUndefined();
});
