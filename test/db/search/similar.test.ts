import { describe, expect, test } from 'vitest';
import { findPaper, getPapers, saveRecords } from '../../../src/db/papers.ts';
import { findSimilar } from '../../../src/db/search/index.ts';
import { useDb } from '../../support/db.ts';
import { havePapers } from '../../support/factories.ts';
import { NOW, readFixture } from './library.ts';

const db = useDb();

async function titlesLike(ref: string, limit = 5): Promise<string[]> {
  const { paperIds } = await findSimilar(db(), (await findPaper(db(), ref))!.id, limit);
  return (await getPapers(db(), paperIds)).map((paper) => paper.title);
}

describe('among real papers', () => {
  const REAL = readFixture('search/papers.jsonl');
  const refOf = (title: string) => REAL.find((paper) => paper.title === title)!.id;

  test('the nearest to a paper is of its own matter', async () => {
    await saveRecords(db(), REAL, NOW);
    const first = async (title: string) => (await titlesLike(refOf(title)))[0];
    expect(await first('Syllable-Based Sequence-to-Sequence Speech Recognition with the Transformer in Mandarin Chinese')).toBe(
      'A Comparison of Modeling Units in Sequence-to-Sequence Speech Recognition with the Transformer on Mandarin Chinese',
    );
    expect(await first('The Hardness of Approximation of Euclidean k-means')).toBe('Improved analysis of D2-sampling based PTAS for k-means and other Clustering problems');
    expect(await first('Evaluating Text-to-Image Synthesis with a Conditional Fréchet Distance')).toMatch(/Visual Generation/);
    expect(await first('AliGraph: A Comprehensive Graph Neural Network Platform')).toMatch(/Graph Neural Network/);
  });

  test('each answer names as many papers as are asked for, none twice', async () => {
    await saveRecords(db(), REAL, NOW);
    const titles = await titlesLike(refOf('Compression Complexity'), 7);
    expect(new Set(titles).size).toBe(7);
  });
});

describe('what is not similar', () => {
  const matter = { abstract: 'Retrieval heads let a model find facts in a long context.' };

  test('the paper itself, a withdrawn one, and one of its own title', async () => {
    await havePapers(db(), [
      { arxivId: '2607.10001', title: 'Retrieval heads in long context', ...matter },
      { arxivId: '2607.10002', title: 'Retrieval Heads in Long Context.', ...matter },
      { arxivId: '2607.10003', title: 'Retrieval heads, withdrawn', ...matter, withdrawn: true },
      { arxivId: '2607.10004', title: 'Pruning retrieval heads', ...matter },
      { arxivId: '2607.10005', title: 'Pruning: retrieval heads', ...matter },
      ...Array.from({ length: 20 }, (_, i) => ({ title: `Folding laundry, part ${i}`, abstract: 'A robot folds shirts.' })),
    ]);
    expect(await titlesLike('2607.10001')).toHaveLength(1);
    expect((await titlesLike('2607.10001'))[0]).toMatch(/^Pruning:? retrieval heads$/);
  });

  test('papers that share no word', async () => {
    await havePapers(db(), [
      { arxivId: '2607.10001', title: 'Retrieval heads', ...matter },
      { title: 'Folding laundry', abstract: 'A robot folds shirts.' },
    ]);
    expect(await titlesLike('2607.10001')).toEqual([]);
  });

  test('anything at all, to a paper that the index does not have', async () => {
    await havePapers(db(), [{ title: 'Retrieval heads', ...matter }]);
    expect(await findSimilar(db(), 999, 5)).toEqual({ paperIds: [], telling: new Map() });
  });
});

test('a paper without an abstract is like those that speak of its title', async () => {
  await havePapers(db(), [
    { arxivId: '2607.10001', title: 'Grokking', abstract: '' },
    { title: 'A study of late learning', abstract: 'We look at grokking in small transformers.' },
    ...Array.from({ length: 20 }, (_, i) => ({ title: `Folding laundry, part ${i}`, abstract: 'A robot folds shirts.' })),
  ]);
  expect(await titlesLike('2607.10001')).toEqual(['A study of late learning']);
});

test('a common word alone does not hide the paper that shares the rare one', async () => {
  await havePapers(db(), [
    { arxivId: '2607.10001', title: 'Learning with spiking neurons', abstract: 'Learning rules for spiking neurons.' },
    ...Array.from({ length: 300 }, (_, i) => ({ title: `Learning, part ${i}`, abstract: 'Learning, learning, learning.' })),
    { title: 'What spiking costs', abstract: 'Energy of neurons in silicon.' },
  ]);
  expect((await titlesLike('2607.10001'))[0]).toBe('What spiking costs');
});
