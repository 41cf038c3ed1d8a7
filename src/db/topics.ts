// Saved queries, and which channel follows which.
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Channel } from './channels.ts';
import type { Db } from './connect.ts';
import { channelTopics, topics } from './schema.ts';

export interface FollowedTopic {
  id: number;
  query: string;
  name: string | null;
}

/** `nlp`, or the query of a topic that has no name. */
export function topicLabel(topic: Pick<FollowedTopic, 'query' | 'name'>): string {
  return topic.name ?? topic.query;
}

/** Ready-made topics as the settings have them now: names move to their present queries. */
export async function saveReadyTopics(db: Db, ready: { name: string; query: string }[]): Promise<void> {
  for (const { name, query } of ready) {
    await db.transaction(async (tx) => {
      // A renamed query keeps its followers: the row with the name is the topic, whatever its query was.
      const [same] = await tx.select().from(topics).where(eq(topics.query, query));
      if (same?.name === name) return;
      await tx.update(topics).set({ name: null }).where(eq(topics.name, name));
      await tx
        .insert(topics)
        .values({ name, query })
        .onConflictDoUpdate({ target: topics.query, set: { name } });
    });
  }
}

/** True when the channel didn't follow it before. */
export async function followTopic(db: Db, channel: Channel, query: string, addedBy: string, now: Date): Promise<boolean> {
  await db.insert(topics).values({ query }).onConflictDoNothing();
  const [topic] = await db.select().from(topics).where(eq(topics.query, query));
  const added = await db
    .insert(channelTopics)
    .values({ channelId: channel.id, topicId: topic!.id, addedBy, addedAt: now })
    .onConflictDoNothing()
    .returning();
  return added.length > 0;
}

export async function unfollowTopic(db: Db, channel: Channel, topic: FollowedTopic): Promise<void> {
  await db.delete(channelTopics).where(and(eq(channelTopics.channelId, channel.id), eq(channelTopics.topicId, topic.id)));
}

export async function topicsOf(db: Db, channelId: number): Promise<FollowedTopic[]> {
  return (await topicsOfAll(db, [channelId])).get(channelId) ?? [];
}

/** The topics of each of these channels that has any, in the order in which they were added. */
export async function topicsOfAll(db: Db, channelIds: number[]): Promise<Map<number, FollowedTopic[]>> {
  const rows = await db
    .select({ channelId: channelTopics.channelId, id: topics.id, query: topics.query, name: topics.name })
    .from(channelTopics)
    .innerJoin(topics, eq(topics.id, channelTopics.topicId))
    .where(inArray(channelTopics.channelId, channelIds))
    .orderBy(asc(channelTopics.addedAt), asc(topics.id));
  const followed = new Map<number, FollowedTopic[]>();
  for (const { channelId, ...topic } of rows) followed.set(channelId, [...(followed.get(channelId) ?? []), topic]);
  return followed;
}
