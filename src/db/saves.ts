// What people keep, vote for, and don't want in a channel.
import { and, eq, sql } from 'drizzle-orm';
import { isPrivate, type Call } from '../core/chat.ts';
import { personIn, personOf, workspaceOf } from '../core/keys.ts';
import { findChannel } from './channels.ts';
import type { Db } from './connect.ts';
import { dismissals, saves, votes } from './schema.ts';

export { personIn, personOf, workspaceOf };

/** False when it was saved already; it then counts for the channel in which it was said last. */
export async function savePaper(db: Db, call: Pick<Call, 'channel' | 'person'>, paperId: number, now: Date): Promise<boolean> {
  const place = await placeOf(db, call);
  const [row] = await db
    .insert(saves)
    .values({ person: personOf(call), paperId, ...place, savedAt: now })
    .onConflictDoUpdate({ target: [saves.person, saves.paperId], set: { ...place, savedAt: now } })
    // Postgres notes in xmax what an update replaced.
    .returning({ added: sql<boolean>`xmax = 0` });
  return row!.added;
}

export async function unsavePaper(db: Db, person: string, paperId: number): Promise<void> {
  await db.delete(saves).where(and(eq(saves.person, person), eq(saves.paperId, paperId)));
}

/** 1 for, -1 against, 0 takes the vote back. It counts for the channel in which it was said last. */
export async function votePaper(db: Db, call: Pick<Call, 'channel' | 'person'>, paperId: number, value: -1 | 0 | 1, now: Date): Promise<void> {
  const person = personOf(call);
  if (value === 0) {
    await db.delete(votes).where(and(eq(votes.person, person), eq(votes.paperId, paperId)));
    return;
  }
  const place = await placeOf(db, call);
  await db
    .insert(votes)
    .values({ person, paperId, ...place, value, votedAt: now })
    .onConflictDoUpdate({ target: [votes.person, votes.paperId], set: { ...place, value, votedAt: now } });
}

/** Notes that a paper is not for the channel of the call. False when this person said so already. */
export async function dismissPaper(db: Db, call: Pick<Call, 'channel' | 'person'>, paperId: number, now: Date): Promise<boolean> {
  const { workspace, channel } = await placeOf(db, call);
  const added = await db
    .insert(dismissals)
    .values({ person: personOf(call), paperId, workspace, channel, dismissedAt: now })
    .onConflictDoNothing()
    .returning({ paperId: dismissals.paperId });
  return added.length > 0;
}

/** Takes that back, in this channel. */
export async function undismissPaper(db: Db, call: Pick<Call, 'channel' | 'person'>, paperId: number): Promise<void> {
  const { channel } = await placeOf(db, call);
  await db.delete(dismissals).where(and(eq(dismissals.person, personOf(call)), eq(dismissals.paperId, paperId), eq(dismissals.channel, channel)));
}

/** What was said of a paper in the channel of the call alone: of a private one, no other learns even a number. */
export async function countLikes(db: Db, call: Pick<Call, 'channel'>, paperId: number): Promise<{ saves: number; votes: number }> {
  const { workspace, channel } = await placeOf(db, call);
  const [saved] = await db
    .select({ n: sql<number>`count(*)`.mapWith(Number) })
    .from(saves)
    .where(and(eq(saves.workspace, workspace), eq(saves.channel, channel), eq(saves.paperId, paperId)));
  const [voted] = await db
    .select({ n: sql<number>`coalesce(sum(${votes.value}), 0)`.mapWith(Number) })
    .from(votes)
    .where(and(eq(votes.workspace, workspace), eq(votes.channel, channel), eq(votes.paperId, paperId)));
  return { saves: saved!.n, votes: voted!.n };
}

/** Where a call's words count: what is said in a thread is said in its channel, unless the thread has a roundup of its own. */
export async function placeOf(db: Db, { channel }: Pick<Call, 'channel'>): Promise<Place> {
  const own = channel.parent === undefined || (await findChannel(db, channel)) !== undefined;
  return { workspace: workspaceOf(channel), channel: own ? channel.id : channel.parent!, private: isPrivate(channel) };
}

export interface Place {
  /** A `workspaceOf`. */
  workspace: string;
  channel: string;
  /** What is said there counts there alone, not in the workspace. */
  private: boolean;
}

/** The key of what counts in this place alone. */
export function placeKey({ workspace, channel }: Pick<Place, 'workspace' | 'channel'>): string {
  return `${workspace}/${channel}`;
}
