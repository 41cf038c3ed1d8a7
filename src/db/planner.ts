// What the planner of Postgres is told before a question for a few papers: it knows neither what comparing arrays costs, nor how soon there is enough.
import { sql } from 'drizzle-orm';
import type { Db } from './connect.ts';

/**
 * For the rest of the transaction: no parallel workers, which take 80 ms to start for an answer of 10 and read what was
 * to be read last along with what comes first; and no compiling, which takes a second for a long condition.
 */
export async function startAtOnce(tx: Db): Promise<void> {
  await set(tx, AT_ONCE);
}

/** The same, and no reading through a whole table: comparing two arrays in each row costs far more than their index does. */
export async function trustIndex(tx: Db): Promise<void> {
  await set(tx, { ...AT_ONCE, enable_seqscan: 'off' });
}

const AT_ONCE = { jit: 'off', max_parallel_workers_per_gather: '0' };

async function set(tx: Db, settings: Record<string, string>): Promise<void> {
  await tx.execute(sql`select ${sql.join(Object.entries(settings).map(([name, value]) => sql.raw(`set_config('${name}', '${value}', true)`)), sql`, `)}`);
}
