// Channels and their schedules.
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { ChannelRef } from '../core/chat.ts';
import { nextSlot, type Schedule } from '../core/schedule.ts';
import type { Db } from './connect.ts';
import { channels } from './schema.ts';

export type Channel = typeof channels.$inferSelect;

export function refOf(channel: Channel): ChannelRef {
  return {
    platform: channel.platform,
    workspace: channel.workspace,
    id: channel.externalId,
    ...(channel.name ? { name: channel.name } : {}),
  };
}

export async function findChannel(db: Db, ref: ChannelRef): Promise<Channel | undefined> {
  const [channel] = await db.select().from(channels).where(place(ref));
  return channel;
}

export async function getChannel(db: Db, id: number): Promise<Channel | undefined> {
  const [channel] = await db.select().from(channels).where(eq(channels.id, id));
  return channel;
}

export async function listChannels(db: Db): Promise<Channel[]> {
  return db.select().from(channels).orderBy(asc(channels.id));
}

/** Finds the channel or makes it with these settings. Safe against a second process doing the same. */
export async function openChannel(
  db: Db,
  ref: ChannelRef,
  start: Schedule & { size: number; createdBy: string; dueFrom?: Date },
  now: Date,
): Promise<Channel> {
  const slot = nextSlot(start, start.dueFrom ?? now);
  await db
    .insert(channels)
    .values({
      platform: ref.platform,
      workspace: ref.workspace,
      externalId: ref.id,
      name: ref.name ?? null,
      zone: start.zone,
      at: start.at,
      days: start.days,
      size: start.size,
      nextDueAt: slot.dueAt,
      nextDueOn: slot.on,
      createdBy: start.createdBy,
      createdAt: now,
    })
    .onConflictDoNothing();
  return (await findChannel(db, ref))!;
}

/** Changes the schedule; the next slot is computed anew, never one that is already past. */
export async function setSchedule(db: Db, channel: Channel, schedule: Schedule, now: Date): Promise<Channel> {
  const slot = nextSlot(schedule, now);
  return change(db, channel, { ...schedule, nextDueAt: slot.dueAt, nextDueOn: slot.on });
}

export async function setSize(db: Db, channel: Channel, size: number): Promise<Channel> {
  return change(db, channel, { size });
}

export async function pauseChannel(db: Db, channel: Channel, why: string): Promise<Channel> {
  return change(db, channel, { pausedWhy: why });
}

/** Goes on with the next slot after now; what was due meanwhile is not made up for. */
export async function resumeChannel(db: Db, channel: Channel, now: Date): Promise<Channel> {
  const slot = nextSlot(channel, now);
  return change(db, channel, { pausedWhy: null, nextDueAt: slot.dueAt, nextDueOn: slot.on });
}

export async function renameChannel(db: Db, ref: ChannelRef, name: string): Promise<void> {
  await db.update(channels).set({ name }).where(place(ref));
}

/** Running channels of these platforms whose slot has come, the longest waiting first. */
export async function dueChannels(db: Db, platforms: string[], now: Date, most: number): Promise<Channel[]> {
  return db
    .select()
    .from(channels)
    .where(and(isNull(channels.pausedWhy), lte(channels.nextDueAt, now), inArray(channels.platform, platforms)))
    .orderBy(asc(channels.nextDueAt))
    .limit(most);
}

/** Moves a channel on to the slot after `now`, unless someone already has. */
export async function moveOn(db: Db, channel: Channel, now: Date): Promise<void> {
  const slot = nextSlot(channel, now);
  await db
    .update(channels)
    .set({ nextDueAt: slot.dueAt, nextDueOn: slot.on })
    .where(and(eq(channels.id, channel.id), eq(channels.nextDueAt, channel.nextDueAt)));
}

export async function countChannels(db: Db): Promise<{ running: number; paused: number }> {
  const [row] = await db
    .select({
      running: sql<number>`count(*) filter (where ${channels.pausedWhy} is null)`.mapWith(Number),
      paused: sql<number>`count(${channels.pausedWhy})`.mapWith(Number),
    })
    .from(channels);
  return row!;
}

async function change(db: Db, channel: Channel, values: Partial<Channel>): Promise<Channel> {
  const [changed] = await db.update(channels).set(values).where(eq(channels.id, channel.id)).returning();
  return changed!;
}

function place(ref: ChannelRef) {
  return and(
    eq(channels.platform, ref.platform),
    eq(channels.workspace, ref.workspace),
    eq(channels.externalId, ref.id),
  );
}
