// Rights that one process at a time holds. Time is an argument: all processes must agree on it, so it is not SQL's.
import { and, eq, gt, lte, or } from 'drizzle-orm';
import type { Db } from './connect.ts';
import { leases } from './schema.ts';

/**
 * Takes a lease until `until`, or prolongs one's own. Undefined when it was had; else when to ask again. One that runs
 * for more than twice the time that is asked for was taken before the clock jumped back, and is free.
 */
export async function takeLease(db: Db, name: string, owner: string, now: Date, until: Date): Promise<Date | undefined> {
  const jumped = new Date(2 * until.getTime() - now.getTime());
  const [taken] = await db
    .insert(leases)
    .values({ name, owner, until })
    .onConflictDoUpdate({ target: leases.name, set: { owner, until }, setWhere: or(lte(leases.until, now), gt(leases.until, jumped), eq(leases.owner, owner)) })
    .returning({ name: leases.name });
  if (taken) return undefined;
  const [held] = await db.select({ until: leases.until }).from(leases).where(eq(leases.name, name));
  return held?.until ?? now;
}

/** Gives a lease back, from `at` on. Nothing happens when someone else has taken it meanwhile. */
export async function giveBack(db: Db, name: string, owner: string, at: Date): Promise<void> {
  // The owner goes too, or its own next request would not have to wait for `at`.
  await db.update(leases).set({ until: at, owner: '' }).where(and(eq(leases.name, name), eq(leases.owner, owner)));
}
