// Channels and their schedules.
import { and, asc, eq, inArray, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { ChannelRef } from '../core/chat.ts';
import { personIn } from '../core/keys.ts';
import type { Layout } from '../core/layout.ts';
import { periodEnd, type Reading } from '../core/reading.ts';
import { addDays, localDate, movedSlot, nextSlot, type Schedule } from '../core/schedule.ts';
import type { Db } from './connect.ts';
import { channels, outbox, roundups } from './schema.ts';

export type Channel = typeof channels.$inferSelect;

export function refOf(channel: Pick<Channel, 'platform' | 'workspace' | 'externalId' | 'name' | 'forum' | 'owner'>): ChannelRef {
  const person = channel.owner === null ? undefined : personIn(channel.owner, channel);
  return {
    platform: channel.platform,
    workspace: channel.workspace,
    id: channel.externalId,
    ...(channel.name ? { name: channel.name } : {}),
    ...(channel.forum ? { forum: true } : {}),
    ...(person === undefined ? {} : { person }),
  };
}

/** `#papers`, as people call it. */
export function nameOf({ name, externalId }: Pick<Channel, 'name' | 'externalId'>): string {
  return name ? `#${name}` : `channel ${externalId}`;
}

export async function findChannel(db: Db, ref: ChannelRef): Promise<Channel | undefined> {
  const [channel] = await db.select().from(channels).where(place(ref));
  return channel;
}

/** Somebody's own digest; `owner` is an `ownerOf`. */
export async function findDigest(db: Db, owner: string): Promise<Channel | undefined> {
  const [channel] = await db.select().from(channels).where(eq(channels.owner, owner));
  return channel;
}

export async function getChannel(db: Db, id: number): Promise<Channel | undefined> {
  const [channel] = await db.select().from(channels).where(eq(channels.id, id));
  return channel;
}

export async function listChannels(db: Db): Promise<Channel[]> {
  return db.select().from(channels).orderBy(asc(channels.id));
}

/**
 * Finds the channel or makes it with these settings; with an `owner` it is theirs alone, and what was there before without
 * one becomes it. Safe against a second process doing the same.
 */
export async function openChannel(
  db: Db,
  ref: ChannelRef,
  start: Schedule & { size: number; layout?: Layout; createdBy: string; owner?: string; dueFrom?: Date },
  now: Date,
): Promise<Channel> {
  const slot = nextSlot(start, start.dueFrom ?? now);
  const { owner } = start;
  if (owner !== undefined) await adopt(db, ref, owner);
  await db
    .insert(channels)
    .values({
      platform: ref.platform,
      workspace: ref.workspace,
      externalId: ref.id,
      name: ref.name ?? null,
      owner: owner ?? null,
      zone: start.zone,
      at: start.at,
      days: start.days,
      size: start.size,
      layout: start.layout ?? 'compact',
      forum: ref.forum ?? false,
      nextDueAt: slot.dueAt,
      nextDueOn: slot.on,
      createdBy: start.createdBy,
      createdAt: now,
    })
    .onConflictDoNothing();
  return (await (owner === undefined ? findChannel(db, ref) : findDigest(db, owner)))!;
}

// A roundup that an earlier version, or an import, made in these direct messages: nobody gets two.
async function adopt(db: Db, { platform, workspace, id }: ChannelRef, owner: string): Promise<void> {
  const ownerless = and(eq(channels.platform, platform), inArray(channels.workspace, ['', workspace]), eq(channels.externalId, id), isNull(channels.owner));
  await db.update(channels).set({ workspace, owner }).where(ownerless);
}

/** Changes the schedule, and with it the next slot: see `movedSlot`. */
export async function setSchedule(db: Db, channel: Channel, schedule: Schedule, now: Date): Promise<Channel> {
  const hadToday = await hadDaily(db, channel, localDate(now, schedule.zone));
  const slot = movedSlot(schedule, now, { pending: { dueAt: channel.nextDueAt, on: channel.nextDueOn }, hadToday });
  return change(db, channel, { ...schedule, nextDueAt: slot.dueAt, nextDueOn: slot.on });
}

async function hadDaily(db: Db, channel: Channel, on: string): Promise<boolean> {
  const slot = and(eq(roundups.channelId, channel.id), eq(roundups.on, on), eq(roundups.kind, 'daily'));
  return (await db.$count(roundups, and(slot, ne(roundups.status, 'waiting')))) > 0;
}

export async function setSize(db: Db, channel: Channel, size: number): Promise<Channel> {
  return change(db, channel, { size });
}

export async function setLayout(db: Db, channel: Channel, layout: Layout): Promise<Channel> {
  return change(db, channel, { layout });
}

/** Whether its messages ring nobody's phone. */
export async function setSilent(db: Db, channel: Channel, silent: boolean): Promise<Channel> {
  return change(db, channel, { silent });
}

/** Whether days without anything new are told of in the channel. */
export async function setQuietPosts(db: Db, channel: Channel, quietPosts: boolean): Promise<Channel> {
  return change(db, channel, { quietPosts });
}

/** How often what was read here is told, if at all; the week or month that this day is in is the first. */
export async function setReading(db: Db, channel: Channel, reading: Reading | null, today: string): Promise<Channel> {
  return change(db, channel, { reading, readingOn: reading && periodEnd(reading, today) });
}

/** These periods are told of, or it is written down why not: the next of each channel is the one after. `on` is a period's last day. */
export async function moveReadingOn(db: Db, told: { channelId: number; reading: Reading; on: string }[]): Promise<void> {
  if (told.length === 0) return;
  // An update takes one row for each: the latest period of a channel.
  const latest = new Map([...told].sort((a, b) => (a.on < b.on ? -1 : 1)).map((one) => [one.channelId, one]));
  const rows = [...latest.values()].map(({ channelId, reading, on }) => sql`(${channelId}::bigint, ${reading}, ${on}::date, ${periodEnd(reading, addDays(on, 1))}::date)`);
  await db.execute(sql`
    update channels c set reading_on = m.next from (values ${sql.join(rows, sql`, `)}) m (id, reading, told, next)
    where c.id = m.id and c.reading = m.reading and c.reading_on <= m.told`);
}

/** Whether links to papers that people post in the channel get a preview. */
export async function setLinks(db: Db, channel: Channel, links: boolean): Promise<Channel> {
  return change(db, channel, { links });
}

/** Pauses the channel, whatever it was. */
export async function pauseChannel(db: Db, channel: Channel, why: string): Promise<Channel> {
  return change(db, channel, { pausedWhy: why, pausedCode: null });
}

/** Pauses a channel that runs or was lost. False when a person has paused it already. */
export async function pauseOnce(db: Db, channel: Channel, why: string): Promise<boolean> {
  const isOpen = or(isNull(channels.pausedWhy), isNotNull(channels.pausedCode));
  const paused = await db.update(channels).set({ pausedWhy: why, pausedCode: null }).where(and(eq(channels.id, channel.id), isOpen)).returning({ id: channels.id });
  return paused.length > 0;
}

/** Why a channel is paused whose roundup was ended: as far as people are concerned, it has none. */
export const UNSUBSCRIBED = 'unsubscribed';

export function hasEnded({ pausedWhy }: Pick<Channel, 'pausedWhy'>): boolean {
  return pausedWhy === UNSUBSCRIBED;
}

/** The channels of a workspace that have a roundup, running or paused; nobody's own digest is among them. */
export async function listChannelsOf(db: Db, workspace: Pick<ChannelRef, 'platform' | 'workspace'>): Promise<Channel[]> {
  const isOf = and(eq(channels.platform, workspace.platform), eq(channels.workspace, workspace.workspace), isNull(channels.owner));
  return db.select().from(channels).where(and(isOf, or(isNull(channels.pausedWhy), ne(channels.pausedWhy, UNSUBSCRIBED)))).orderBy(asc(channels.id));
}

/**
 * Goes on with the next slot after now; what was due meanwhile is not made up for. What was queued before the pause and
 * never begun is given up, so that its papers are in the next roundup.
 */
export async function resumeChannel(db: Db, channel: Channel, now: Date): Promise<Channel> {
  const slot = nextSlot(channel, now);
  return db.transaction(async (tx) => {
    if (channel.pausedWhy) {
      const queued = and(eq(outbox.channelId, channel.id), eq(outbox.status, 'queued'));
      await tx.update(outbox).set({ status: 'failed', error: `paused: ${channel.pausedWhy}` }).where(queued);
    }
    return change(tx, channel, { pausedWhy: null, pausedCode: null, nextDueAt: slot.dueAt, nextDueOn: slot.on });
  });
}

/** Takes the channel away with everything of it: topics, ledger, messages. False when there was none. */
export async function deleteChannel(db: Db, ref: ChannelRef): Promise<boolean> {
  return (await db.delete(channels).where(place(ref)).returning({ id: channels.id })).length > 0;
}

export async function renameChannel(db: Db, ref: ChannelRef, name: string): Promise<void> {
  await db.update(channels).set({ name }).where(place(ref));
}

/** Whether a running channel of these platforms is due. */
export async function isAnyDue(db: Db, platforms: string[], now: Date): Promise<boolean> {
  const [row] = await db.select({ id: channels.id }).from(channels).where(due(platforms, now)).limit(1);
  return row !== undefined;
}

/**
 * Up to `most` running channels of these platforms whose slot has come, the longest waiting first. They are this
 * process's for `holdMs` milliseconds, so that several share the work; `moveOn` ends that.
 */
export async function takeDue(db: Db, platforms: string[], dueBy: Date, now: Date, holdMs: number, most: number): Promise<Channel[]> {
  const free = or(isNull(channels.makingUntil), lte(channels.makingUntil, now));
  const mine = db
    .select({ id: channels.id })
    .from(channels)
    .where(and(due(platforms, dueBy), free))
    .orderBy(asc(channels.nextDueAt))
    .limit(most)
    .for('update', { skipLocked: true });
  const taken = await db.update(channels).set({ makingUntil: new Date(now.getTime() + holdMs) }).where(inArray(channels.id, mine)).returning();
  return taken.sort((a, b) => a.nextDueAt.getTime() - b.nextDueAt.getTime());
}

/** Moves channels on to the slot after `now`, unless someone already has. */
export async function moveOn(db: Db, moved: Channel[], now: Date): Promise<void> {
  if (moved.length === 0) return;
  const rows = moved.map((channel) => {
    const slot = nextSlot(channel, now);
    return sql`(${channel.id}::bigint, ${channel.nextDueAt.toISOString()}::timestamptz, ${slot.dueAt.toISOString()}::timestamptz, ${slot.on}::date)`;
  });
  await db.execute(sql`
    update channels c set next_due_at = m.due_at, next_due_on = m.due_on, making_until = null
    from (values ${sql.join(rows, sql`, `)}) m (id, was, due_at, due_on)
    where c.id = m.id and c.next_due_at = m.was`);
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

function due(platforms: string[], by: Date) {
  return and(isNull(channels.pausedWhy), lte(channels.nextDueAt, by), inArray(channels.platform, platforms));
}

function place(ref: ChannelRef) {
  return and(eq(channels.platform, ref.platform), eq(channels.workspace, ref.workspace), eq(channels.externalId, ref.id));
}
