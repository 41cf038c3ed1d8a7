// The live sources, each when it is due.
import { randomUUID } from 'node:crypto';
import { wordsOf } from '../core/errors.ts';
import type { PaperSource } from '../core/source.ts';
import { giveBack, takeLease } from '../db/leases.ts';
import { healthOf } from '../db/source-runs.ts';
import { ingest } from './ingest.ts';
import type { IngestDeps } from './io.ts';

export interface LiveDeps extends IngestDeps {
  sources: PaperSource[];
  hurry?: boolean;
}

/**
 * Reads every live source that is due, all at the same time; call it every minute. While roundups wait for them
 * (`hurry`), that is every 5 minutes. One that fails is logged and asked again after 10 minutes, then 20, 40, and so on
 * to two hours, and never keeps the others from being read. Two processes never read one source at the same time.
 */
export async function ingestLive(deps: LiveDeps): Promise<void> {
  await Promise.all(deps.sources.filter(({ kind }) => kind === 'live').map((source) => readIfDue(source, deps)));
}

async function readIfDue(source: PaperSource, deps: LiveDeps): Promise<void> {
  if (!(await isDue(source, deps))) return;
  const lease = `ingest:${source.name}`;
  const owner = randomUUID();
  const until = new Date(deps.now().getTime() + LONGEST_RUN_MS);
  if (await takeLease(deps.db, lease, owner, deps.now(), until)) return;
  try {
    // Another process may have read it between the question and the lease.
    if (await isDue(source, deps)) await readOne(source, deps);
  } finally {
    await giveBack(deps.db, lease, owner, deps.now());
  }
}

/** A process that dies while it reads keeps a source from the others for this long. */
const LONGEST_RUN_MS = 30 * 60_000;
const MINUTE_MS = 60_000;
const FIRST_AGAIN_MINUTES = 10;
const LAST_AGAIN_MINUTES = 120;
const HURRY_MINUTES = 5;

async function isDue(source: PaperSource, { db, now, hurry }: LiveDeps): Promise<boolean> {
  const health = await healthOf(db, source.name, now());
  if (!health) return true;
  const minutes = health.failures
    ? Math.min(FIRST_AGAIN_MINUTES * 2 ** (health.failures - 1), LAST_AGAIN_MINUTES)
    : Math.min(source.everyMinutes ?? 60, hurry ? HURRY_MINUTES : Infinity);
  return now().getTime() - health.lastRun.startedAt.getTime() >= minutes * MINUTE_MS;
}

async function readOne(source: PaperSource, deps: IngestDeps): Promise<void> {
  try {
    const { rejected, ...counts } = await ingest(source, deps);
    deps.log.info({ source: source.name, ...counts, rejected: rejected.length }, 'source read');
  } catch (error) {
    if (deps.signal?.aborted) return;
    deps.log.warn({ source: source.name, error: wordsOf(error) }, 'source could not be read');
  }
}
