import { describe, expect, test } from 'vitest';
import { jump, risingBlocks, type Counts } from '../../src/core/rise.ts';
import { dayInWords } from '../../src/core/schedule.ts';
import { aPaper, wordsIn } from '../support/factories.ts';

const counts = (upvotes: number | null, stars: number | null = null): Counts => ({ upvotes, stars });

describe('a paper has risen', () => {
  test.each<[string, Counts, Counts, string[]]>([
    ['votes that doubled and more', counts(31), counts(212), ['31 → 212 upvotes']],
    ['just enough votes', counts(30), counts(60), ['30 → 60 upvotes']],
    ['no votes at first', counts(0), counts(30), ['0 → 30 upvotes']],
    ['votes of which nothing was known', counts(null), counts(1_212), ['1,212 upvotes, none known then']],
    ['stars', counts(9, 120), counts(12, 2_400), ['120 → 2,400 GitHub stars']],
    ['votes and stars', counts(31, 120), counts(212, 2_400), ['31 → 212 upvotes', '120 → 2,400 GitHub stars']],
  ])('with %s', (_, then, now, words) => {
    expect(jump(then, now)!.words).toEqual(words);
  });

  test.each<[string, Counts, Counts]>([
    ['votes that doubled, but are few', counts(10), counts(39)],
    ['many more votes, but not twice as many', counts(200), counts(399)],
    ['stars of which nothing was known', counts(5), counts(6, 9_000)],
    ['stars that doubled, but are few', counts(5, 60), counts(6, 200)],
    ['fewer votes', counts(212), counts(31)],
    ['nothing known now', counts(31), counts(null)],
  ])('not with %s', (_, then, now) => {
    expect(jump(then, now)).toBeUndefined();
  });

  test('further than another when it gained more', () => {
    const size = (then: Counts, now: Counts) => jump(then, now)!.size;
    expect(size(counts(31), counts(212))).toBeGreaterThan(size(counts(1), counts(90)));
    expect(size(counts(31, 100), counts(212, 900))).toBeGreaterThan(size(counts(31), counts(212)));
  });
});

test.each([
  ['2026-07-28', 'Tuesday'],
  ['2026-07-23', 'Thursday'],
  ['2026-07-22', '22 July'],
  ['2026-07-16', '16 July'],
])('seen from Wednesday the 29th, %s is called %s', (on, words) => {
  expect(dayInWords(on, '2026-07-29')).toBe(words);
});

test('a line names the day, the paper, from and to, and leads to both', () => {
  const paper = aPaper({ title: 'Attention <is> what you make of it' });
  const rise = { paper, since: '2026-07-28', words: ['31 → 212 upvotes'] };
  const url = 'https://chat.example/1';
  const [there, gone, long] = risingBlocks([{ ...rise, url }, rise, { ...rise, url, since: '2026-07-16' }], '2026-07-29');
  const read = (block: typeof there) => wordsIn({ summary: '', blocks: [block!] }).trim();
  expect(read(there)).toBe('Rising since Tuesday: Attention <is> what you make of it · 31 → 212 upvotes · Tuesday’s post');
  expect(read(gone)).toBe('Rising since Tuesday: Attention <is> what you make of it · 31 → 212 upvotes');
  expect(read(long)).toMatch(/^Rising since 16 July: .* · the post of 16 July$/);
  expect(JSON.stringify(there)).toContain('"url":"https://arxiv.org/abs/2607.00001"');
});
