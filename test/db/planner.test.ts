// No search waits for workers to start, nor for a query to be compiled.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { rowsOf, type Db } from '../../src/db/connect.ts';
import { startAtOnce, trustIndex } from '../../src/db/planner.ts';
import { openTestDb } from '../support/db.ts';
import { describeOnPostgres } from '../support/postgres.ts';

describeOnPostgres('where workers cost nothing', () => {
  test('a question for a few papers starts none and compiles nothing, and the next one as before', async () => {
    const opened = await openTestDb();
    const { db } = opened;
    try {
      const plain = await planAfter(db, async () => {});
      expect(plain).toContain('Gather');
      for (const say of [startAtOnce, trustIndex]) expect(await planAfter(db, say)).not.toMatch(/Gather|JIT/);
      expect(await planAfter(db, async () => {})).toBe(plain);
    } finally {
      await opened.close();
    }
  });
});

// As if there were many papers.
async function planAfter(db: Db, say: (tx: Db) => Promise<void>): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('min_parallel_table_scan_size', '0', true), set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true), set_config('jit_above_cost', '0', true)`);
    await say(tx);
    return (await rowsOf<{ 'QUERY PLAN': string }>(tx, sql`explain select count(*) from search_docs where title_length > 5`)).map((row) => row['QUERY PLAN']).join('\n');
  });
}
