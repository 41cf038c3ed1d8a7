// Some hundred real papers in a database, and searches over them that answer with ids.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import type { PaperRecord } from '../../../src/core/source.ts';
import type { Db } from '../../../src/db/connect.ts';
import { getPapers, saveRecords } from '../../../src/db/papers.ts';
import { searchPapers, type SearchQuery } from '../../../src/db/search/index.ts';
import { readRow } from '../../../src/sources/jsonl.ts';
import { openTestDb, type TestDb } from '../../support/db.ts';

export const NOW = new Date('2026-07-27T09:00:00Z');

export interface Library {
  db(): Db;
  /** The ids of the papers found, best first, as the papers came with them. */
  find(text: string, more?: Partial<SearchQuery>): Promise<string[]>;
  isRelaxed(text: string): Promise<boolean>;
}

/** Opens one database for the file and keeps it between tests, for tests that only read. */
export function useLibrary(...files: string[]): Library {
  let opened: TestDb;
  beforeAll(async () => {
    opened = await openTestDb();
    for (const file of files) await saveRecords(opened.db, readFixture(file), NOW);
  });
  afterAll(() => opened.close());
  return {
    db: () => opened.db,
    async find(text, more = {}) {
      const { hits } = await searchPapers(opened.db, { text, limit: 10, ...more }, NOW);
      return (await getPapers(opened.db, hits.map((hit) => hit.paperId))).map((paper) => paper.ref);
    },
    isRelaxed: async (text) => (await searchPapers(opened.db, { text, limit: 10 }, NOW)).relaxed,
  };
}

export function readFixture(file: string): PaperRecord[] {
  const lines = readFileSync(`test/fixtures/${file}`, 'utf8').trim().split('\n');
  return lines.map((line) => readRow(line)).filter((row) => 'source' in row);
}
