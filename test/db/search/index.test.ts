import { eq, sql, type SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { rowsOf, type Db } from '../../../src/db/connect.ts';
import { remember } from '../../../src/db/facts.ts';
import { papers } from '../../../src/db/schema.ts';
import { forgetPapers, INDEX_VERSION, indexPapers, renewIndex, searchPapers, suggestAuthors } from '../../../src/db/search/index.ts';
import { trustIndex } from '../../../src/db/planner.ts';
import { openTestDb, useDb } from '../../support/db.ts';
import { havePapers } from '../../support/factories.ts';
import { NOW, readFixture } from './library.ts';
import { queriesOf } from './queries.ts';
import { saveRecords } from '../../../src/db/papers.ts';

describe('the index', () => {
  const db = useDb();
  const all = async () => (await db().select().from(papers)).map(({ id, title, abstract, authors, upvotes, publishedOn }) => ({ id, title, abstract, authors, upvotes, publishedOn }));
  const count = async (text: string) => (await searchPapers(db(), { text, limit: 100 }, NOW)).hits.length;

  test('counts of stems are those of the papers, after they were taken in, replaced and forgotten', async () => {
    await saveRecords(db(), readFixture('search/papers.jsonl'), NOW);
    expect(await countedTerms(db())).toEqual(await trueTerms(db()));
    const before = await all();
    await indexPapers(db(), before.slice(0, 50).map((paper) => ({ ...paper, title: `${paper.title} revisited`, abstract: paper.abstract.slice(50) })));
    expect(await countedTerms(db())).toEqual(await trueTerms(db()));
    await forgetPapers(db(), before.slice(20, 80).map((paper) => paper.id));
    expect(await countedTerms(db())).toEqual(await trueTerms(db()));
    await forgetPapers(db(), before.map((paper) => paper.id));
    expect(await countedTerms(db())).toEqual([]);
  });

  test('a paper that is indexed again as it was changes no count', async () => {
    await havePapers(db(), [{ title: 'Sparse attention' }, { title: 'Dense attention' }]);
    const before = await countedTerms(db());
    await indexPapers(db(), await all());
    expect(await countedTerms(db())).toEqual(before);
  });

  test('a paper that loses one author, and nothing else, is taken', async () => {
    await havePapers(db(), [{ title: 'Sparse attention', authors: ['Ada Lovelace', 'Alan Turing'] }]);
    await indexPapers(db(), (await all()).map((paper) => ({ ...paper, authors: ['Ada Lovelace'] })));
    expect(await countedTerms(db())).toEqual(await trueTerms(db()));
  });

  test('a replaced paper is found by its new words alone', async () => {
    await havePapers(db(), [{ title: 'Quantum walks', abstract: 'Walks on graphs.' }, { title: 'Classical runs', abstract: 'Runs on tracks.' }]);
    const [paper] = (await all()).filter(({ title }) => title === 'Quantum walks');
    await indexPapers(db(), [{ ...paper!, title: 'Quantum swims', abstract: 'Swims in pools.' }]);
    await db().update(papers).set({ title: 'Quantum swims', titleKey: 'quantum swims' }).where(eq(papers.id, paper!.id));
    expect(await count('swims')).toBe(1);
    expect(await count('walks')).toBe(0);
  });

  test('of a new database is never made anew, however many papers came before the first night', async () => {
    const fresh = await openTestDb();
    try {
      await havePapers(fresh.db, [{ title: 'Quantum walks' }]);
      expect(await renewIndex(fresh.db, NOW)).toBe(0);
    } finally {
      await fresh.close();
    }
  });

  test('brings papers with two common words side by side in the title, however many have both apart', async () => {
    const apart = Array.from({ length: 2_300 }, (_, i) => ({ title: `Neural odds ${i} network`, abstract: 'A neural and another network.' }));
    await havePapers(db(), [...apart, { title: 'Neural network weather 7', abstract: 'A neural and another network.' }]);
    const { hits } = await searchPapers(db(), { text: 'neural network', limit: 1 }, NOW);
    expect((await all()).find(({ id }) => id === hits[0]!.paperId)!.title).toBe('Neural network weather 7');
  });

  test('made by an earlier version, it is made anew once, going on where it was broken off, and no count changes twice', async () => {
    await havePapers(db(), Array.from({ length: 230 }, (_, i) => ({ title: `Quantum walks ${i}`, authors: [`Ada Lovelace${i}`] })));
    const before = await countedTerms(db());
    await db().execute(sql`update search_docs set names = '{}', pairs = '{}'`);
    await db().execute(sql`update search_terms set counts = array_fill(0, array[16]) where stem like '@%'`);
    await db().execute(sql`update search_terms set stem = '' where stem like '@%'`);
    expect(await count('lovelace7')).toBe(0);
    await remember(db(), 'search-index', `${INDEX_VERSION}:100`, NOW);
    expect(await renewIndex(db(), NOW)).toBe(130);
    await remember(db(), 'search-index', `${INDEX_VERSION - 1}:done`, NOW);
    expect(await renewIndex(db(), NOW)).toBe(230);
    expect(await renewIndex(db(), NOW)).toBe(0);
    expect(await count('lovelace7')).toBe(1);
    expect((await suggestAuthors(db(), 'lovelace2', 5)).names).toHaveLength(5);
    expect(await countedTerms(db())).toEqual(before);
    expect(await countedTerms(db())).toEqual(await trueTerms(db()));
  });

  test('a forgotten paper is not found', async () => {
    await havePapers(db(), [{ title: 'Quantum walks' }, { title: 'Classical runs' }]);
    await forgetPapers(db(), (await all()).filter(({ title }) => title === 'Quantum walks').map(({ id }) => id));
    expect(await count('quantum')).toBe(0);
    expect(await count('classical')).toBe(1);
  });

  test('papers without a word that counts, without votes and without a date are taken', async () => {
    await havePapers(db(), [{ title: 'The' }, { title: '0' }, { title: '???', abstract: '' }]);
    const rows = await all();
    await indexPapers(db(), [{ ...rows[0]!, title: 'The', abstract: '', publishedOn: null }]);
    await indexPapers(db(), rows.map((paper) => ({ ...paper, abstract: '', publishedOn: null })));
    expect(await count('0')).toBe(1);
    expect(await count('the')).toBe(1);
  });

  test('a very long text is cut, not refused', async () => {
    await havePapers(db(), [{ title: 'word '.repeat(5_000).trim(), abstract: 'attention '.repeat(50_000) }]);
    expect(await count('attention')).toBe(1);
  });

  test('the indexes answer, and no search reads through a table', async () => {
    await saveRecords(db(), readFixture('search/papers.jsonl'), NOW);
    const asked = await queriesOf(db(), (noting) => searchPapers(noting, { text: 'graph neural networks of knuth', limit: 10 }, NOW));
    const plans = await db().transaction(async (tx) => {
      await trustIndex(tx);
      return rowsOf<{ 'QUERY PLAN': string }>(tx, sql`explain ${asked.find((query) => textOf(query).includes('title_key'))!}`);
    });
    const plan = plans.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('Bitmap Index Scan on search_docs_keys');
    expect(plan).toMatch(/(using|on) papers_title_key/);
    expect(plan).not.toMatch(/Seq Scan|papers_pkey/);
  });
});

const textOf = (query: SQL) => new PgDialect().sqlToQuery(query).sql;

/** Each stem with its weight, and each family name, with the papers it is counted in. */
function countedTerms(db: Db): Promise<unknown[]> {
  return rowsOf(
    db,
    sql`select (hash | (place - 1))::int as key, n::int as n from search_terms, unnest(counts) with ordinality as c (n, place)
        where n <> 0 and hash <> 0 order by key`,
  );
}

function trueTerms(db: Db): Promise<unknown[]> {
  return rowsOf(
    db,
    sql`select key::int as key, count(distinct paper_id)::int as n from (
          select paper_id, unnest(keys) as key from search_docs
          union all select paper_id, name & ~1 from search_docs, unnest(names) as name where name & 1 = 1
        ) as counted group by key order by key`,
  );
}
