// Papers of a file into a database, by the road that `paperround ingest --source jsonl` takes.
import { sql } from 'drizzle-orm';
import { silent } from '../src/core/log.ts';
import type { Db } from '../src/db/connect.ts';
import { papers } from '../src/db/schema.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openInput } from '../src/ingest/input.ts';
import { jsonl } from '../src/sources/jsonl.ts';

/** Takes the file in and lets Postgres count what it has. Returns the papers and the seconds that the taking in took. */
export async function load(db: Db, file: string): Promise<{ papers: number; seconds: number }> {
  const taken = await take(db, await openInput(file));
  await db.execute(sql`vacuum analyze`);
  return taken;
}

/** Takes in the lines of a jsonl file. */
export async function take(db: Db, input: AsyncIterable<Uint8Array>): Promise<{ papers: number; seconds: number }> {
  const started = performance.now();
  const result = await ingest(jsonl, { db, input, now: () => new Date(), env: {}, fetch, log: silent, categories: [] });
  if (result.rejected.length > 0) console.error(`${result.rejected.length} lines rejected, the first: ${result.rejected[0]!.why}`);
  return { papers: result.inserted, seconds: (performance.now() - started) / 1000 };
}

/** The ids that the papers came with, by row. */
export async function readIds(db: Db): Promise<Map<number, string>> {
  const rows = await db.select({ row: papers.id, id: papers.ref }).from(papers);
  return new Map(rows.map(({ row, id }) => [row, id]));
}
