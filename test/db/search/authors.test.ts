// Authors' names for somebody who is still typing.
import { beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { rowsOf } from '../../../src/db/connect.ts';
import { suggestAuthors } from '../../../src/db/search/index.ts';
import { trustIndex } from '../../../src/db/planner.ts';
import { useDb } from '../../support/db.ts';
import { havePapers } from '../../support/factories.ts';
import { queriesOf } from './queries.ts';

const db = useDb();
const names = async (typed: string) => (await suggestAuthors(db(), typed, 5)).names;

describe('among these papers', () => {
  beforeEach(() =>
    havePapers(db(), [
      { title: 'Graphs of attention', authors: ['Yann LeCun', 'Ada Lovelace'] },
      { title: 'Long graphs', authors: ['Yann LeCun', 'José García-López', 'Wei Long'] },
      { title: 'Long attention', authors: ['Yann Lecun', 'Anton Lechner', 'Jose Garcia-Lopez'] },
      { title: 'Long walks', authors: ['José García-López', 'Ann Lee'] },
    ]),
  );

  test.each([
    ['lec', ['Yann LeCun', 'Anton Lechner']],
    ['lecun', ['Yann LeCun']],
    ['Yann', ['Yann LeCun']],
    ['yann lec', ['Yann LeCun']],
    ['yann l', ['Yann LeCun']],
    ['lecun y', ['Yann LeCun']],
    ['y lecun', ['Yann LeCun']],
    ['lovelace', ['Ada Lovelace']],
    ['garcía', ['José García-López']],
    ['jose garcia lop', ['José García-López']],
    ['ann', ['Ann Lee']],
    ['anton lecun', []],
    ['le', []],
    ['', []],
    ['graphs', []],
    ["'; drop table papers; --", []],
    ['%%%', []],
  ])('%o finds %o', async (typed, found) => expect(await names(typed)).toEqual(found));

  test('a word that papers are signed with, and don’t use, is likely a name', async () => {
    expect((await suggestAuthors(db(), 'lecu', 5)).likely).toBe(true);
    expect(await suggestAuthors(db(), 'long', 5)).toEqual({ names: ['Wei Long'], likely: false });
  });
});

test('hostile names are given as they are signed', async () => {
  const hostile = '@everyone "Bobby" <!channel> Tables';
  await havePapers(db(), [{ authors: [hostile] }]);
  expect(await names('table')).toEqual([hostile]);
});

test('the indexes answer, and nothing reads through a table', async () => {
  await havePapers(db(), Array.from({ length: 300 }, (_, i) => ({ authors: [`Ada Lovelace${i}`] })));
  const asked = (await queriesOf(db(), (noting) => suggestAuthors(noting, 'ada lovelace2', 5))).slice(1);
  const plans = await db().transaction(async (tx) => {
    await trustIndex(tx);
    const explained: string[] = [];
    for (const query of asked) explained.push((await rowsOf<{ 'QUERY PLAN': string }>(tx, sql`explain ${query}`)).map((row) => row['QUERY PLAN']).join('\n'));
    return explained;
  });
  expect(plans.filter((plan) => plan.includes('search_docs'))).toEqual([expect.stringContaining('search_docs_names')]);
  expect(plans.filter((plan) => plan.includes('search_terms')).length).toBeGreaterThan(1);
  expect(plans.join('\n')).not.toContain('Seq Scan');
});
