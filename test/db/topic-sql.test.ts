// The topic language in SQL finds the papers that it finds in the process.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PaperRecord } from '../../src/core/source.ts';
import { makeShelf, matching, parseTopic, printTopic, type Matchable, type Node } from '../../src/core/topic.ts';
import { rowsOf } from '../../src/db/connect.ts';
import { papers as table } from '../../src/db/schema.ts';
import { trustIndex } from '../../src/db/planner.ts';
import { listPapersOf } from '../../src/db/topic-papers.ts';
import { readMatchable } from '../../src/db/topic-words.ts';
import { topicSql } from '../../src/db/topic-sql.ts';
import { readRow } from '../../src/sources/jsonl.ts';
import { openTestDb, type TestDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { someTopic } from '../support/topics.ts';
import { queriesOf } from './search/queries.ts';

const FILES = ['search/papers.jsonl', 'edge-cases.jsonl'];
const records = FILES.flatMap((name) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8').trim().split('\n'))
  .map(readRow)
  .filter((row): row is PaperRecord => 'title' in row);

let opened: TestDb;
let papers: { id: number; read: Matchable; publishedOn: string; upvotes: number }[];

beforeAll(async () => {
  opened = await openTestDb();
  const withCounts = records.map((record, i) => ({ ...record, upvotes: (i * 7) % 60, ...(i % 3 ? {} : { githubUrl: 'https://github.com/a/b' }) }));
  await havePapers(opened.db, [...withCounts, { title: 'A pre-training method', abstract: 'Ends on the word sparse, GPT-4o' }]);
  papers = (await opened.db.select().from(table)).map((paper) => ({ id: paper.id, read: readMatchable(paper), publishedOn: paper.publishedOn ?? '', upvotes: paper.upvotes ?? -1 }));
  return () => opened.close();
});

async function inSql(node: Node): Promise<number[]> {
  const condition = await topicSql(opened.db, node, sql`true`);
  const rows = await rowsOf<{ id: string | number }>(opened.db, sql`select p.id from papers p join search_docs d on d.paper_id = p.id where ${condition} order by p.id`);
  return rows.map(({ id }) => Number(id));
}

function inProcess(node: Node): number[] {
  return papers.flatMap(({ id, read }) => (matching(node, makeShelf([read])) ? [id] : [])).sort((a, b) => a - b);
}

describe('a topic in SQL', () => {
  test.each([
    'model', 'title:model', '"neural network"', 'pretraining', '"pre-training"', 'gpt4o', '"sparse gpt4o"', 'cat:cs', 'cat:cs.LG or cat:math', 'has:code upvotes:>30', 'upvotes:=0',
    'learning -(deep or "neural network") -cat:stat', 'author:"M Wang" or author:José or author:müller or author:øystein', 'model -author:Li', 'schrodinger or "c++" or don’t',
  ])('%s finds what it finds in the process', async (query) => {
    const { root } = parseTopic(query);
    expect(await inSql(root)).toEqual(inProcess(root));
  });

  test('finds something for all kinds of conditions, so that the comparison says something', () => {
    for (const query of ['title:model', '"neural network"', 'pretraining', 'cat:cs', 'upvotes:=0', 'author:Wang']) expect(inProcess(parseTopic(query).root), query).not.toEqual([]);
  });

  test('finds the same for any topic made of the words and names of real papers', async () => {
    const titles = records.map(({ title }) => title.replace(/[^\p{L}\p{N}' -]/gu, ' ').trim().split(/\s+/));
    const phrases = titles.flatMap((words, i) => [words.slice(i % 3, (i % 3) + 1 + (i % 3)).join(' '), words.slice(-2).join(' ')]).filter(isReadable);
    const names = records.flatMap(({ authors }) => authors.slice(0, 2)).flatMap((name) => [name, name.split(' ').at(-1)!, `${name[0]!} ${name.split(' ').at(-1)!}`]);
    let found = 0;
    await fc.assert(
      fc.asyncProperty(someTopic(phrases, names.filter((name) => isReadable(`author:"${name}"`))), async (root) => {
        const expected = inProcess(root);
        expect(await inSql(root), printTopic(root)).toEqual(expected);
        expect(await listPapersOf(opened.db, root, 5), printTopic(root)).toEqual(inOrder(expected, () => 0).slice(0, 5));
        if (expected.length) found++;
      }),
      { numRuns: 300 },
    );
    // The comparison of nothing with nothing would say nothing.
    expect(found).toBeGreaterThan(40);
  }, 60_000);
});

// Listed through the indexes of words and categories, or by reading one paper after the other.
describe('the papers of a topic', () => {
  test.each(['"neural network"', 'title:model or cat:math.OC', 'cat:cs.LG', 'cat:cs', 'learning model', 'retrieval or "graph neural network" or cat:stat.ML', 'model -cat:cs.LG', 'nosuchword', 'cat:cs.GL'])('%s are the newest and the most voted of all', async (query) => {
    const { root } = parseTopic(query);
    const all = inProcess(root);
    expect(await listPapersOf(opened.db, root, 1_000)).toEqual(inOrder(all, () => 0));
    expect(await listPapersOf(opened.db, root, 7, 'votes')).toEqual(inOrder(all, (paper) => paper.upvotes).slice(0, 7));
  });

  test('are looked for in what the indexes find, put in order before any is read', async () => {
    const [list] = (await queriesOf(opened.db, (noting) => listPapersOf(noting, parseTopic('"sparse attention"').root, 5))).slice(-1);
    const plan = await opened.db.transaction(async (tx) => {
      await trustIndex(tx);
      return (await rowsOf<{ 'QUERY PLAN': string }>(tx, sql`explain ${list!}`)).map((row) => row['QUERY PLAN']);
    });
    expect(plan.join('\n')).toContain('Bitmap Index Scan on search_docs_keys');
    // All but the first few are never read: the sort is below the loop that reads them.
    expect(plan.findIndex((line) => line.includes('Sort Key'))).toBeGreaterThan(plan.findIndex((line) => line.includes('Nested Loop')));
  });
});

function inOrder(ids: number[], first: (paper: (typeof papers)[number]) => number): number[] {
  const listed = papers.filter(({ id }) => ids.includes(id));
  return listed.sort((a, b) => first(b) - first(a) || b.publishedOn.localeCompare(a.publishedOn) || b.id - a.id).map(({ id }) => id);
}

function isReadable(query: string): boolean {
  try {
    return Boolean(parseTopic(query.startsWith('author:') ? query : `"${query}"`));
  } catch {
    return false;
  }
}
