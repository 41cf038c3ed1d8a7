// What the planner of Postgres is told before a search: it knows neither what comparing arrays costs, nor how soon there is enough.
import { sql } from 'drizzle-orm';
import type { Db } from '../connect.ts';

/**
 * For the rest of the transaction: no reading through the table, since comparing two arrays in each row costs far more
 * than the index does; and no parallel workers, which take 80 ms to start for an answer of 10, and read what was to be
 * read last along with what comes first.
 */
export async function trustIndex(tx: Db): Promise<void> {
  await tx.execute(sql`select set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`);
}
