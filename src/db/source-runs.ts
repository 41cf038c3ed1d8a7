// Every read of a source: when, what came of it, and where the next one goes on.
import { and, desc, eq, gt, isNotNull, isNull, max, sql } from 'drizzle-orm';
import type { Db } from './connect.ts';
import { sourceRuns } from './schema.ts';

export type SourceRun = typeof sourceRuns.$inferSelect;

export interface RunCounts {
  fetched: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

/** How a source has been doing. `failingSince` is the start of the first failed run after the last good one. */
export interface SourceHealth {
  name: string;
  lastGoodAt: Date | undefined;
  failingSince: Date | undefined;
  /** Failed runs in a row. */
  failures: number;
  /** The latest failure's words, while it is failing. */
  error: string | undefined;
  lastRun: SourceRun;
}

export async function startRun(db: Db, source: string, now: Date): Promise<number> {
  const [run] = await db.insert(sourceRuns).values({ source, startedAt: now }).returning({ id: sourceRuns.id });
  return run!.id;
}

/** `ids`: a digest of the newest papers' ids; missing when none came. */
export async function finishRun(
  db: Db,
  id: number,
  end: { at: Date; counts: RunCounts; error?: string; ids?: string; cursor?: Record<string, unknown> },
): Promise<void> {
  await db
    .update(sourceRuns)
    .set({ ...end.counts, finishedAt: end.at, error: end.error ?? null, ids: end.ids ?? null, cursor: end.cursor ?? null })
    .where(eq(sourceRuns.id, id));
}

/** What the last good run that left something behind left. */
export async function lastCursor(db: Db, source: string): Promise<Record<string, unknown> | undefined> {
  const [run] = await db
    .select({ cursor: sourceRuns.cursor })
    .from(sourceRuns)
    .where(and(eq(sourceRuns.source, source), isNotNull(sourceRuns.cursor), isNull(sourceRuns.error)))
    .orderBy(desc(sourceRuns.startedAt), desc(sourceRuns.id))
    .limit(1);
  return run?.cursor ?? undefined;
}

/** The latest reads of a source that went well, newest first. */
export async function lastGoodReads(db: Db, source: string, most: number): Promise<Pick<SourceRun, 'startedAt' | 'ids'>[]> {
  return db
    .select({ startedAt: sourceRuns.startedAt, ids: sourceRuns.ids })
    .from(sourceRuns)
    .where(and(eq(sourceRuns.source, source), isNotNull(sourceRuns.finishedAt), isNull(sourceRuns.error)))
    .orderBy(desc(sourceRuns.startedAt), desc(sourceRuns.id))
    .limit(most);
}

/** One line for each source that was ever read, by name. Runs under way, or cut off by a crash, say nothing of health. */
export async function sourceHealth(db: Db, now: Date): Promise<SourceHealth[]> {
  const names = await db.selectDistinct({ source: sourceRuns.source }).from(sourceRuns).orderBy(sourceRuns.source);
  const health: SourceHealth[] = [];
  for (const { source } of names) health.push((await healthOf(db, source, now))!);
  return health;
}

/** The same of one source; undefined when it was never read. */
export async function healthOf(db: Db, name: string, now: Date): Promise<SourceHealth | undefined> {
  const its = and(eq(sourceRuns.source, name), sql`${sourceRuns.startedAt} <= ${now.toISOString()}`);
  const [lastRun] = await db
    .select()
    .from(sourceRuns)
    .where(eq(sourceRuns.source, name))
    .orderBy(desc(sourceRuns.startedAt), desc(sourceRuns.id))
    .limit(1);
  if (!lastRun) return undefined;
  const [good] = await db
    .select({ at: max(sourceRuns.startedAt) })
    .from(sourceRuns)
    .where(and(its, isNotNull(sourceRuns.finishedAt), isNull(sourceRuns.error)));
  const failed = await db
    .select({ startedAt: sourceRuns.startedAt, error: sourceRuns.error })
    .from(sourceRuns)
    .where(and(its, isNotNull(sourceRuns.error), good?.at ? gt(sourceRuns.startedAt, good.at) : undefined))
    .orderBy(sourceRuns.startedAt, sourceRuns.id);
  return {
    name,
    lastGoodAt: good?.at ?? undefined,
    failingSince: failed[0]?.startedAt,
    failures: failed.length,
    error: failed.at(-1)?.error ?? undefined,
    lastRun,
  };
}
