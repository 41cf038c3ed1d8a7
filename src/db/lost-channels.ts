// Channels that the bot can't post in any more, and ones that it can again. Settings and topics stay as they are.
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { ChannelRef } from '../core/chat.ts';
import { resumeChannel, type Channel } from './channels.ts';
import type { Db } from './connect.ts';
import { channels } from './schema.ts';

/** Pauses a channel, if it runs, with the platform's code and the reason in words. True when it ran until now. */
export async function loseChannel(db: Db, channel: Pick<Channel, 'id'>, code: string, why = code): Promise<boolean> {
  const lost = await db
    .update(channels)
    .set({ pausedWhy: why, pausedCode: code, toldAt: null })
    .where(and(eq(channels.id, channel.id), isNull(channels.pausedWhy)))
    .returning({ id: channels.id });
  return lost.length > 0;
}

/** Pauses every running channel of a workspace; returns how many. */
export async function loseWorkspace(db: Db, { platform, workspace }: Pick<ChannelRef, 'platform' | 'workspace'>, code: string): Promise<number> {
  const lost = await db
    .update(channels)
    .set({ pausedWhy: code, pausedCode: code, toldAt: null })
    .where(and(eq(channels.platform, platform), eq(channels.workspace, workspace), isNull(channels.pausedWhy)))
    .returning({ id: channels.id });
  return lost.length;
}

/** Channels of a workspace that were lost, not paused by a person. */
export async function listLost(db: Db, { platform, workspace }: Pick<ChannelRef, 'platform' | 'workspace'>): Promise<Channel[]> {
  return db
    .select()
    .from(channels)
    .where(and(eq(channels.platform, platform), eq(channels.workspace, workspace), isNotNull(channels.pausedCode)))
    .orderBy(channels.id);
}

/** Goes on where the channel was lost, with the next slot; nothing happens to one that a person paused. */
export async function takeBack(db: Db, channel: Channel, now: Date): Promise<Channel> {
  return channel.pausedCode ? resumeChannel(db, channel, now) : channel;
}

/**
 * Lost channels of which nobody has been told, from now on told: the others who ask get none of them. Nobody's own digest is
 * among them, as there is no other way to its owner.
 */
export async function claimTelling(db: Db, platform: string, now: Date): Promise<Channel[]> {
  const untold = and(eq(channels.platform, platform), isNotNull(channels.pausedCode), isNull(channels.toldAt), isNull(channels.owner));
  return db.update(channels).set({ toldAt: now }).where(untold).returning();
}

/** The owner's digest, where it is lost and they haven't been told; from now on they have. */
export async function claimTellingOwner(db: Db, owner: string, now: Date): Promise<Channel | undefined> {
  const [told] = await db
    .update(channels)
    .set({ toldAt: now })
    .where(and(eq(channels.owner, owner), isNotNull(channels.pausedCode), isNull(channels.toldAt)))
    .returning();
  return told;
}

/** It could not be told just now. */
export async function tellLater(db: Db, told: Channel[]): Promise<void> {
  await db.update(channels).set({ toldAt: null }).where(inArray(channels.id, told.map(({ id }) => id)));
}
