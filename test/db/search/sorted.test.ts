// Orders other than the best match, and pages: which papers they are over, and that each comes once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseTopic } from '../../../src/core/topic.ts';
import { getPapers, saveRecords } from '../../../src/db/papers.ts';
import type { Order } from '../../../src/core/asked.ts';
import { searchPapers, sortedPapers } from '../../../src/db/search/index.ts';
import { ofTopic } from '../../../src/db/topic-papers.ts';
import { openTestDb, type TestDb } from '../../support/db.ts';
import { aRecord } from '../../support/factories.ts';
import { NOW } from './library.ts';

/** More than are put in order: one in twenty is about attention, all others only mention it. */
const ALL = 3_000;
let opened: TestDb;

beforeAll(async () => {
  opened = await openTestDb();
  const records = Array.from({ length: ALL }, (_, i) => {
    const isAbout = i % 20 === 0;
    const day = new Date(Date.UTC(2015, 0, 1 + ((i * 7) % ALL))).toISOString().slice(0, 10);
    return aRecord({
      title: isAbout ? `Attention ${i}` : `Paper ${i}`,
      abstract: isAbout ? 'Attention, and attention in transformers.' : `It has to do with graphs and ${'other matters, '.repeat(5)} attention among them.`,
      publishedOn: day,
      listedOn: day,
      ...(i % 3 === 0 ? { upvotes: (i * 13) % 500 } : {}),
      ...(i % 10 === 0 ? { githubUrl: `https://github.com/a/${i}` } : {}),
    });
  });
  await saveRecords(opened.db, records, NOW);
});
afterAll(() => opened.close());

const sorted = async (text: string, order: Order, limit: number, topic?: string) => {
  const only = topic === undefined ? undefined : await ofTopic(opened.db, parseTopic(topic).root);
  const { paperIds, ...how } = await sortedPapers(opened.db, { text, order, limit, only }, NOW);
  return { papers: await getPapers(opened.db, paperIds), ...how };
};

describe('in the order of their dates', () => {
  test('are the papers that are most about a word that very many have, and the answer says that others were left out', async () => {
    const { papers, cut } = await sorted('attention', 'newest', 150);
    expect(cut).toBe(true);
    const about = papers.filter(({ title }) => title.startsWith('Attention'));
    expect(about.length).toBeGreaterThan(5);
    const days = papers.map(({ publishedOn }) => publishedOn!);
    expect(days).toEqual([...days].sort().reverse());
  });

  test('are all papers that have the words, where those are fewer', async () => {
    const { papers, cut, relaxed } = await sorted('attention transformers', 'newest', 200);
    expect([cut, relaxed, papers.length]).toEqual([false, false, ALL / 20]);
  });

  test('the first are the same however many are asked for', async () => {
    for (const order of ['newest', 'votes'] as const) {
      const [few, many] = [await sorted('attention', order, 6), await sorted('attention', order, 60)];
      expect(many.papers.slice(0, 6).map(({ id }) => id)).toEqual(few.papers.map(({ id }) => id));
    }
  });
});

test('in the order of their votes come the most voted of all that have the word, those without a count last', async () => {
  const { papers } = await sorted('attention', 'votes', 100);
  const votes = papers.map(({ upvotes }) => upvotes ?? -1);
  expect(votes).toEqual([...votes].sort((a, b) => b - a));
  expect(votes[0]).toBe(499);
});

test('a condition is kept to in each order', async () => {
  for (const order of ['newest', 'votes'] as const) {
    const { papers } = await sorted('attention', order, 400, 'has:code');
    expect(papers.length).toBe(ALL / 10);
    expect(papers.every(({ githubUrl }) => githubUrl !== null)).toBe(true);
  }
});

test('fifteen pages of a search have each paper once', async () => {
  const ids: number[] = [];
  for (let offset = 0; offset < 120; offset += 8) ids.push(...(await searchPapers(opened.db, { text: 'attention', limit: 8, offset }, NOW)).hits.map(({ paperId }) => paperId));
  expect(ids).toHaveLength(120);
  expect(new Set(ids).size).toBe(120);
});
