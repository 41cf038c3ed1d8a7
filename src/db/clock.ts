// One time for all processes on a database: its own. Hosts whose clocks differ, or jump, then agree on what is due.
import { sql } from 'drizzle-orm';
import type { Clock } from '../core/schedule.ts';
import { rowsOf, type Db } from './connect.ts';

export interface FollowedClock {
  now: Clock;
  /** Asks the database for the time. Throws what it throws; the time goes on from the last answer. */
  sync: () => Promise<void>;
}

/** A clock that runs by `elapsed` (milliseconds that never jump) from the time that `readTime` told last. Told once before it returns. */
export async function followClock(readTime: () => Promise<Date>, elapsed: () => number): Promise<FollowedClock> {
  let offset = 0;
  const sync = async () => {
    const asked = elapsed();
    const told = await readTime();
    // The answer was given half way between question and receipt, as well as anybody can tell.
    offset = told.getTime() - (asked + elapsed()) / 2;
  };
  await sync();
  return { now: () => new Date(offset + elapsed()), sync };
}

export async function databaseTime(db: Db): Promise<Date> {
  const [row] = await rowsOf<{ at: string }>(db, sql`select clock_timestamp()::text as at`);
  return new Date(row!.at);
}
