// What one process has taken in hand, so that no other does it again.
import { lt } from 'drizzle-orm';
import type { Db } from './connect.ts';
import { claims } from './schema.ts';

/** True for the first who asks with this id, over all processes. */
export async function claim(db: Db, id: string, now: Date): Promise<boolean> {
  const made = await db.insert(claims).values({ id, claimedAt: now }).onConflictDoNothing().returning({ id: claims.id });
  return made.length > 0;
}

/** True for the first `most` who ask with this id, over all processes. */
export async function claimOneOf(db: Db, id: string, most: number, now: Date): Promise<boolean> {
  for (let n = 1; n <= most; n++) if (await claim(db, `${id} ${n}`, now)) return true;
  return false;
}

/** Slack's last redelivery comes some six minutes after the first; a day leaves room for any. */
const KEEP_MS = 24 * 3_600_000;

export async function deleteOldClaims(db: Db, now: Date): Promise<void> {
  await db.delete(claims).where(lt(claims.claimedAt, new Date(now.getTime() - KEEP_MS)));
}
