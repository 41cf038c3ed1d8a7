// Where the numbers come from.
import { availableParallelism, cpus, totalmem } from 'node:os';
import { sql } from 'drizzle-orm';
import { rowsOf, type Db } from '../src/db/connect.ts';

/** One line: cores, memory, Node and Postgres. */
export async function machine(db: Db): Promise<string> {
  const [row] = await rowsOf<{ version: string }>(db, sql`select version()`);
  const postgres = /^PostgreSQL [\d.]+/.exec(row!.version)?.[0] ?? row!.version;
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${memory} GiB, Node ${process.version}, ${postgres}`;
}
