import { describe, expect, test } from 'vitest';
import { searchPapers, suggestTitles } from '../../../src/db/search/index.ts';
import { NOW, useLibrary } from './library.ts';

describe('odd queries', () => {
  const library = useLibrary('search/papers.jsonl');

  test.each([
    ['nothing', ''],
    ['white space', ' \t\n '],
    ['stopwords', 'the of and to'],
    ['punctuation', '!!! ??? --- ...'],
    ['a NUL', '\0'],
    ['half a surrogate pair', '\ud800'],
    ['combining marks', '\u0301\u0301\u0301'],
    ['emoji', '🤖🤖'],
    ['like patterns', '%%% ___ \\\\'],
  ])('%s finds nothing, and says so calmly', async (_, text) => {
    expect(await searchPapers(library.db(), { text, limit: 5 }, NOW)).toEqual({ hits: [], relaxed: false, more: false });
  });

  test.each([
    ['a NUL in the middle', 'attention\0 span'],
    ['SQL', "attention'; drop table papers; --"],
    ['operators', 'attention & | ! <-> :* (('],
    ['a broken character', 'attention \ud800'],
    ['markup', '<b>attention</b> &amp; {"a": $1}'],
    ['brackets of LaTeX', '\\textbf{attention} $x_{1'],
    ['capitals', 'ATTENTION'],
    ['full-width letters', 'ａｔｔｅｎｔｉｏｎ'],
  ])('%s is searched for what can be read of it', async (_, text) => {
    expect((await searchPapers(library.db(), { text, limit: 5 }, NOW)).hits.length).toBeGreaterThan(0);
  });

  test.each([
    ['one word', 'attention '.repeat(20_000)],
    ['different words', Array.from({ length: 20_000 }, (_, i) => `word${i}`).join(' ')],
    ['no end to a word', 'a'.repeat(200_000)],
    ['hyphens', 'a-'.repeat(100_000)],
    ['LaTeX', '$\\alpha'.repeat(30_000)],
  ])('200 KB of %s is answered at once', async (_, text) => {
    // One that is read whole takes minutes, and fails by the time that a test has.
    expect((await searchPapers(library.db(), { text, limit: 5 }, NOW)).hits.length).toBeLessThanOrEqual(5);
  });

  test('titles are suggested while the last word is only begun', async () => {
    const titles = async (typed: string) => (await suggestTitles(library.db(), typed, 5, NOW)).map(({ title }) => title);
    expect((await titles('reinf'))[0]).toMatch(/Reinforcement/);
    expect(await titles('attention sp')).toContain('Attention Span For Personalisation');
    expect(await titles('graph neural las')).toContain('Graph Neural Lasso for Dynamic Network Regression');
    expect(await titles('')).toEqual([]);
  });
});
