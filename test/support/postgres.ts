// Tests that only a real Postgres can answer: several connections, several processes.
import { describe } from 'vitest';
import { realPostgres } from './real-postgres.ts';

/** A describe that runs where TEST_DATABASE_URL names a server, as .ci/run does; elsewhere it says aloud that it didn't. */
export function describeOnPostgres(title: string, tests: () => void): void {
  if (!realPostgres) console.warn(`NOT RUN, for want of a Postgres in TEST_DATABASE_URL (.ci/run starts one): ${title}`);
  describe.runIf(realPostgres)(title, tests);
}
