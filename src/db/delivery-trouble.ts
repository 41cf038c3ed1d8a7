// What of the delivery needs a person to look at it, and how far each roundup's messages came.
import { and, desc, eq, gte, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Db } from './connect.ts';
import { SLOT } from './roundups.ts';
import { channels, installations, outbox, roundups, type OutboxStatus } from './schema.ts';

export type MessageCounts = Partial<Record<OutboxStatus, number>>;

// Whose a digest is, is nobody's business; its row tells it from others.
const CHANNEL_NAME = sql<string>`${channels.platform} || '/' || case when ${channels.owner} is null then ${channels.workspace} || '/' || coalesce(${channels.name}, ${channels.externalId}) else 'a person’s own digest, row ' || ${channels.id} end`;

/** Messages of which nobody knows whether they got through, the oldest first. */
export async function listAllDoubtful(db: Db, most: number): Promise<{ slot: string; channel: string; error: string | null }[]> {
  return db
    .select({ slot: SLOT, channel: CHANNEL_NAME, error: outbox.error })
    .from(outbox)
    .innerJoin(roundups, eq(roundups.id, outbox.roundupId))
    .innerJoin(channels, eq(channels.id, outbox.channelId))
    .where(eq(outbox.status, 'in_doubt'))
    .orderBy(outbox.id)
    .limit(most);
}

/** Roundups that failed since then, in channels that go on, the latest first, and why. */
export async function listFailed(db: Db, since: Date, most: number): Promise<{ slot: string; channel: string; why: string | null }[]> {
  return db
    .select({ slot: SLOT, channel: CHANNEL_NAME, why: roundups.why })
    .from(roundups)
    .innerJoin(channels, eq(channels.id, roundups.channelId))
    .where(and(eq(roundups.status, 'failed'), gte(roundups.dueAt, since), isNull(channels.pausedWhy)))
    .orderBy(desc(roundups.dueAt), desc(roundups.id))
    .limit(most);
}

/** Channels that the platform took away from the bot, with what it said, and when something was posted there last. */
export async function listLostChannels(db: Db, most: number): Promise<{ channel: string; pausedCode: string; pausedWhy: string | null; lastSentAt: Date | undefined }[]> {
  const rows = await db
    .select({
      channel: CHANNEL_NAME,
      pausedCode: channels.pausedCode,
      pausedWhy: channels.pausedWhy,
      sent: sql<string | null>`(select max(o.sent_at)::text from roundups r join outbox o on o.roundup_id = r.id and o.position = 0 where r.channel_id = channels.id)`,
    })
    .from(channels)
    .where(isNotNull(channels.pausedCode))
    .orderBy(channels.id)
    .limit(most);
  return rows.map(({ sent, pausedCode, ...row }) => ({ ...row, pausedCode: pausedCode!, lastSentAt: sent === null ? undefined : new Date(sent) }));
}

/** How many workspaces have the app now, and how many took it out, for each platform that has any. */
export async function countInstallations(db: Db): Promise<{ platform: string; active: number; gone: number }[]> {
  return db
    .select({
      platform: installations.platform,
      active: sql<number>`count(*) filter (where ${installations.goneAt} is null)`.mapWith(Number),
      gone: sql<number>`count(${installations.goneAt})`.mapWith(Number),
    })
    .from(installations)
    .groupBy(installations.platform)
    .orderBy(installations.platform);
}

/** How many messages of each of these roundups are in which state, by roundup id. */
export async function countMessages(db: Db, roundupIds: number[]): Promise<Map<number, MessageCounts>> {
  const counts = new Map<number, MessageCounts>();
  if (roundupIds.length === 0) return counts;
  const rows = await db
    .select({ id: outbox.roundupId, status: outbox.status, messages: sql<number>`count(*)`.mapWith(Number) })
    .from(outbox)
    .where(inArray(outbox.roundupId, roundupIds))
    .groupBy(outbox.roundupId, outbox.status);
  for (const { id, status, messages } of rows) counts.set(id, { ...counts.get(id), [status]: messages });
  return counts;
}
