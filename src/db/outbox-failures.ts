// What fails with a message that failed.
import { and, eq, type SQL } from 'drizzle-orm';
import type { Db } from './connect.ts';
import { outbox } from './schema.ts';

/** A message failed, so what was to go under it fails too. */
export async function failReplies(db: Db, parentId: number, error: string): Promise<void> {
  await failQueued(db, eq(outbox.parentId, parentId), error);
}

/** The channel is lost, so what else of the roundup was to go there fails too. */
export async function failRest(db: Db, roundupId: number, error: string): Promise<void> {
  await failQueued(db, eq(outbox.roundupId, roundupId), error);
}

async function failQueued(db: Db, which: SQL, error: string): Promise<void> {
  await db
    .update(outbox)
    .set({ status: 'failed', error })
    .where(and(which, eq(outbox.status, 'queued')));
}
