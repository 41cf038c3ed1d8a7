import { describe, expect, test } from 'vitest';
import { prior } from '../../../src/db/search/prior.ts';
import { searchPapers } from '../../../src/db/search/index.ts';
import { getPapers } from '../../../src/db/papers.ts';
import { useDb } from '../../support/db.ts';
import { havePapers } from '../../support/factories.ts';
import { NOW } from './library.ts';

describe('the prior', () => {
  test('is between 0 and 1, grows with votes and shrinks with age', () => {
    expect(prior(null, null, NOW)).toBe(0);
    expect(prior(10_000, '2026-07-27', NOW)).toBeCloseTo(1, 2);
    expect(prior(20, '2026-07-01', NOW)).toBeGreaterThan(prior(10, '2026-07-01', NOW));
    expect(prior(20, '2026-07-01', NOW)).toBeGreaterThan(prior(20, '2025-07-01', NOW));
    expect(prior(null, '1990-01-01', NOW)).toBeGreaterThan(0);
  });

  test('takes a date that is still to come for today', () => {
    expect(prior(null, '2027-01-01', NOW)).toBe(prior(null, NOW.toISOString(), NOW));
  });
});

describe('the prior in a search', () => {
  const db = useDb();
  const titles = async (text: string, prior: boolean) => {
    const { hits } = await searchPapers(db(), { text, limit: 10, prior }, NOW);
    return (await getPapers(db(), hits.map((hit) => hit.paperId))).map((paper) => paper.title);
  };

  test('with equal words, the newer and the more voted come first', async () => {
    const abstract = 'We study sparse attention for long documents.';
    await havePapers(db(), [
      { title: 'Sparse attention, old', abstract, publishedOn: '2016-01-01', upvotes: 3 },
      { title: 'Sparse attention, new', abstract, publishedOn: '2026-07-01', upvotes: 3 },
      { title: 'Sparse attention, loved', abstract, publishedOn: '2026-07-01', upvotes: 300 },
    ]);
    expect(await titles('sparse attention', true)).toEqual(['Sparse attention, loved', 'Sparse attention, new', 'Sparse attention, old']);
  });

  test('without it, votes and age change nothing', async () => {
    await havePapers(db(), [
      { title: 'Sparse attention for documents', abstract: 'Sparse attention.', publishedOn: '2010-01-01', upvotes: 0 },
      { title: 'A loved paper', abstract: 'This once names sparse attention among other things.', publishedOn: '2026-07-20', upvotes: 400 },
    ]);
    expect((await titles('sparse attention', false))[0]).toBe('Sparse attention for documents');
  });

  test('one common word finds the best known papers that have it in the title, of however many', async () => {
    const many = Array.from({ length: 1_500 }, (_, i) => ({
      title: `Attention ${i}`,
      abstract: 'Attention attention attention.',
      publishedOn: '2015-01-01',
      upvotes: 0,
    }));
    await havePapers(db(), [
      { title: 'What we talk about when we talk about attention in rather long titles', abstract: 'A study.', publishedOn: '2026-07-01', upvotes: 450 },
      ...many,
      { title: 'The latest word on how attention came to be what it is these days', abstract: 'A study.', publishedOn: '2026-07-26' },
      { title: 'Something else entirely', abstract: 'With attention, attention and attention.', publishedOn: '2026-07-26', upvotes: 480 },
    ]);
    expect((await titles('attention', true))[0]).toBe('What we talk about when we talk about attention in rather long titles');
    expect((await titles('attention', true)).slice(0, 10)).not.toContain('Something else entirely');
  });
});
