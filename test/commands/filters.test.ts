// `/paper` in another order, or with code alone: as words, and as buttons that every page keeps.
import { beforeEach, describe, expect, test } from 'vitest';
import { pageDoc } from '../../src/commands/paper/find.ts';
import { readConfig } from '../../src/config.ts';
import { readAsked, writeAsked } from '../../src/core/asked.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPaper, havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

/** Later numbers are newer, and have fewer votes; every third has code. */
const papers = Array.from({ length: 12 }, (_, i) => ({
  title: `Sparse attention ${i + 1}`,
  abstract: i % 2 ? 'Attention in long contexts, attention at last.' : 'A look at contexts.',
  publishedOn: `2026-06-${String(i + 10)}`,
  upvotes: 100 - i,
  ...(i % 3 === 0 ? { githubUrl: `https://github.com/a/${i}` } : {}),
}));

beforeEach(async () => {
  await havePapers(db(), [...papers, { title: 'The newest methods, with code', publishedOn: '2026-01-01' }, { title: 'Robots', upvotes: 500, githubUrl: 'https://github.com/a/robots' }]);
  rig = await openRig(db());
});

const numbers = (words: string) => [...words.matchAll(/Sparse attention (\d+)$/gm)].map(([, n]) => Number(n));

describe('the words of an order', () => {
  test.each([
    ['attention newest', { words: 'attention', order: 'newest', code: false }],
    ['sparse attention most voted first', { words: 'sparse attention', order: 'votes', code: false }],
    ['sort:newest attention', { words: 'attention', order: 'newest', code: false }],
    ['attention sort:votes has:code', { words: 'attention', order: 'votes', code: true }],
    ['has:code', { words: '', order: undefined, code: true }],
    // Searches for these very words.
    ['newest methods', { words: 'newest methods', order: undefined, code: false }],
    ['newest', { words: 'newest', order: undefined, code: false }],
    ['most voted', { words: 'most voted', order: undefined, code: false }],
    ['reasoning with code', { words: 'reasoning with code', order: undefined, code: false }],
    ['"attention newest"', { words: '"attention newest"', order: undefined, code: false }],
    ['attention -has:code', { words: 'attention -has:code', order: undefined, code: false }],
    ['attention (has:code or cat:cs.CL)', { words: 'attention (has:code or cat:cs.CL)', order: undefined, code: false }],
    ['(attention or "long contexts") has:code newest', { words: 'attention or "long contexts"', order: 'newest', code: true }],
    ['sparse (attention or contexts) has:code', { words: 'sparse (attention or contexts)', order: undefined, code: true }],
    ['attention or contexts has:code', { words: 'attention or contexts has:code', order: undefined, code: false }],
    ['attention sort:best newest', { words: 'attention newest', order: undefined, code: false }],
  ])('%s', (said, asked) => {
    expect(readAsked(said)).toEqual(asked);
    expect(readAsked(writeAsked(readAsked(said)))).toEqual(asked);
  });

  test('an order that there isn’t, and an order of nothing, are told', async () => {
    expect(await rig.read('/paper attention sort:length')).toBe('\nThere is no order “sort:length”. Say sort:newest or sort:votes.');
    expect(await rig.read('/paper sort:newest')).toContain('Say what to look for besides the order');
  });
});

describe('an answer', () => {
  test('comes newest first, page by page, each paper once, back and forth', async () => {
    const first = await rig.ask('/paper attention newest');
    expect(first.doc.title).toBe('Papers on “attention”, newest first');
    expect(first.doc.summary).toBe('5 papers for “attention”, newest first, beginning with “Sparse attention 12”.');
    const second = await rig.press(first, 'More papers');
    const third = await rig.press(second, 'More papers');
    expect([first, second, third].flatMap(({ doc }) => numbers(wordsIn(doc)))).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(second.doc.title).toBe('Papers on “attention”, newest first');
    expect(third.doc.actions!.map(({ label }) => label)).toEqual(['Back', 'Best match', 'Most voted', 'With code', 'Post to channel']);
    expect(wordsIn((await rig.press(third, 'Back')).doc)).toBe(wordsIn(second.doc));
  });

  test('on alternatives is filtered as a whole, and put in order after that', async () => {
    const all = await rig.ask('/paper cat:cs.CL or "sparse attention" or robots');
    const coded = await rig.press(all, 'With code');
    expect(wordsIn(coded.doc)).toContain('Robots');
    expect(numbers(wordsIn(coded.doc)).sort((a, b) => a - b)).toEqual([1, 4, 7, 10]);
    expect(numbers(wordsIn((await rig.press(coded, 'Newest')).doc))).toEqual([10, 7, 4, 1]);
    expect(wordsIn((await rig.press(coded, 'All papers')).doc)).toBe(wordsIn(all.doc));
  });

  test('is put in another order and filtered at a press, and keeps the one while the other changes', async () => {
    const best = await rig.ask('/paper attention');
    const voted = await rig.press(best, 'Most voted');
    expect(numbers(wordsIn(voted.doc))).toEqual([1, 2, 3, 4, 5]);
    const coded = await rig.press(voted, 'With code');
    expect(coded.doc.title).toBe('Papers on “attention” with code, most voted first');
    expect(numbers(wordsIn(coded.doc))).toEqual([1, 4, 7, 10]);
    expect(numbers(wordsIn((await rig.press(coded, 'Newest')).doc))).toEqual([10, 7, 4, 1]);
    expect(wordsIn((await rig.press(await rig.press(coded, 'All papers'), 'Best match')).doc)).toBe(wordsIn(best.doc));
  });

  test('has the same papers with code, the best first, and says so when there is none', async () => {
    const coded = await rig.press(await rig.ask('/paper attention'), 'With code');
    expect(numbers(wordsIn(coded.doc)).sort((a, b) => a - b)).toEqual([1, 4, 7, 10]);
    const none = await rig.ask('/paper methods has:code');
    expect(wordsIn(none.doc)).toContain('Nothing here matches “methods” with code.');
    expect(wordsIn((await rig.press(none, 'All papers')).doc)).toContain('The newest methods, with code');
  });

  test('without words has all papers with code', async () => {
    expect(await rig.read('/paper has:code sort:votes')).toMatch(/^Papers with code, most voted first\n1\. Robots\n[^]*2\. Sparse attention 1\n/);
    const said = (await rig.ask('/paper has:code')).doc.actions!.map(({ says }) => says);
    expect(said).toEqual(['Newest first with code', 'Most voted first with code', 'Post to channel: this answer with code']);
    expect(await rig.read('/paper has:code newest')).toMatch(/Sparse attention 10\n[^]*Sparse attention 7\n/);
  });

  test('in an order keeps to conditions, alternatives among them', async () => {
    expect(numbers(await rig.read('/paper attention upvotes:<96 newest'))).toEqual([12, 11, 10, 9, 8]);
    expect(numbers(await rig.read('/paper attention -title:12 sort:newest'))).toEqual([11, 10, 9, 8, 7]);
    expect(await rig.read('/paper robots or title:11 sort:votes')).toMatch(/1\. Robots\n[^]*2\. Sparse attention 11\n/);
  });

  test('where no paper has all words is of those with some, in order, and says so', async () => {
    const words = await rig.read('/paper sparse robots newest');
    expect(words).toContain('No paper has all of these words; these have some of them.');
    expect(numbers(words)[0]).toBe(12);
  });

  test('where very many have the words says how many were put in order', () => {
    const found = { papers: [aPaper()], more: false, shortfall: { ordered: 2_000 } };
    expect(wordsIn(pageDoc({ asked: { words: 'attention', order: 'newest', code: false }, offset: 0 }, found, { config: readConfig({}, []) }))).toContain('Very many papers have these words: the 2,000 papers or so that are most about them were put in order.');
  });

  test('finds the newest through a slip of the pen, and for a whole sentence', async () => {
    expect(numbers(await rig.read('/paper atention newest'))).toEqual([12, 11, 10, 9, 8]);
    expect(numbers(await rig.read('/paper attention sparse contexts long look last newest'))).toHaveLength(5);
  });

  test('keeps order and filter behind words that are too long for a button', async () => {
    const question = `attention ${'at contexts sparse look '.repeat(5)}`;
    const voted = await rig.press(await rig.ask(`/paper ${question}`), 'Most voted');
    const coded = await rig.press(voted, 'With code');
    expect(coded.doc.title).toMatch(/ with code, most voted first$/);
  });
});
