// Whether the sources have said all that they will say for now: a roundup that is due waits for them, a little.
import type { ListDue } from '../core/announcements.ts';
import { sourceName } from '../core/source.ts';
import { listed } from '../core/text.ts';
import type { Db } from '../db/connect.ts';
import { newestListing } from '../db/papers.ts';
import { lastGoodReads, sourceHealth } from '../db/source-runs.ts';

/** A read that is older than this says nothing of what is there now. */
const FRESH_MS = 90 * 60_000;
/** One that has been failing for so long won't be back in the half hour that a roundup may wait. */
const FAILING_MS = 2 * 3_600_000;

export interface Awaited {
  source: string;
  /** The list that should be out by now, for a source that announces lists. */
  listDue?: (now: Date) => ListDue;
}

/**
 * For what a roundup should wait: `waiting for arXiv and Hugging Face`; undefined when each source has settled. It
 * has when the list that is due was announced, or when two reads in a row came with the same papers. One that was
 * never read well, or has been failing for hours, is not waited for.
 */
export async function unsettled(db: Db, awaited: Awaited[], now: Date): Promise<string | undefined> {
  const health = new Map((await sourceHealth(db, now)).map((one) => [one.name, one]));
  const waiting: string[] = [];
  for (const { source, listDue } of awaited) {
    const { lastGoodAt, failingSince } = health.get(source) ?? {};
    if (!lastGoodAt || (failingSince && now.getTime() - failingSince.getTime() > FAILING_MS)) continue;
    const list = listDue?.(now);
    if (list && ((await newestListing(db, source)) ?? '') >= list.on) continue;
    if (!(await isSteady(db, source, list?.since, now))) waiting.push(sourceName(source));
  }
  return waiting.length ? `waiting for ${listed(waiting)}` : undefined;
}

// Two reads from before the list was due say nothing of it.
async function isSteady(db: Db, source: string, since: Date | undefined, now: Date): Promise<boolean> {
  const [last, before] = await lastGoodReads(db, source, 2);
  if (!last || !before || now.getTime() - last.startedAt.getTime() > FRESH_MS || (since && before.startedAt < since)) return false;
  // A read that brings nothing (an unchanged feed, an empty weekend) brings nothing else than the last.
  return last.ids === null || last.ids === before.ids;
}
