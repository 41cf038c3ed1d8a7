// Turns that all processes share, such as the requests of one bot token: a line in time in which each takes its place.
import { sql } from 'drizzle-orm';
import type { Budget } from '../core/platform.ts';
import type { Db } from './connect.ts';
import { budgets } from './schema.ts';

/** More than any number of processes has in front of it. */
const LONGEST_MS = 60_000;

/**
 * Takes `count` turns that follow each other at the budget's pace; returns when the first of them is. Turns that
 * nobody took in time are gone: a pause is never made up for by a burst.
 */
export async function takeTurns(db: Db, { name, perSecond, longestMs = LONGEST_MS }: Budget, count: number, now: Date): Promise<Date> {
  const takesMs = Math.round((count * 1_000) / perSecond);
  const first = now.toISOString();
  const jumped = new Date(now.getTime() + longestMs).toISOString();
  const [line] = await db
    .insert(budgets)
    .values({ name, nextAt: new Date(now.getTime() + takesMs) })
    .onConflictDoUpdate({
      target: budgets.name,
      set: {
        nextAt: sql`case when ${budgets.nextAt} between ${first}::timestamptz and ${jumped}::timestamptz then ${budgets.nextAt} else ${first}::timestamptz end + ${takesMs} * interval '1 millisecond'`,
      },
    })
    .returning({ nextAt: budgets.nextAt });
  return new Date(line!.nextAt.getTime() - takesMs);
}
