// What a reader of a roundup should know of the sources.
import { sourceName } from '../core/source.ts';
import type { Db } from '../db/connect.ts';
import { sourceHealth } from '../db/source-runs.ts';

/** Shorter outages lose nothing: the next read fetches the same days again. */
const WORTH_SAYING_MS = 2 * 3_600_000;

/** `arXiv could not be read since 06:10, so papers may be missing.` for each source that has been failing for hours; times in this zone. */
export async function sourceNotes(db: Db, now: Date, zone: string): Promise<string[]> {
  const health = await sourceHealth(db, now);
  return health.flatMap(({ name, failingSince }) => {
    if (!failingSince || now.getTime() - failingSince.getTime() < WORTH_SAYING_MS) return [];
    return [`${sourceName(name)} could not be read since ${since(failingSince, now, zone)}, so papers may be missing.`];
  });
}

function since(at: Date, now: Date, zone: string): string {
  const today = now.getTime() - at.getTime() < 18 * 3_600_000;
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...(today ? time : { day: 'numeric', month: 'short', ...time }) });
  return format.format(at);
}
