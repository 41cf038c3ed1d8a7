// Channels, their schedules and their topics.
import { sql } from 'drizzle-orm';
import { boolean, date, index, pgTable, primaryKey, smallint, text, unique } from 'drizzle-orm/pg-core';
import type { Layout } from '../../core/layout.ts';
import type { Reading } from '../../core/reading.ts';
import { at, id, ref } from './columns.ts';

/** A place that gets roundups, a channel or somebody's direct messages: one schedule each. */
export const channels = pgTable(
  'channels',
  {
    id: id(),
    platform: text('platform').notNull(),
    workspace: text('workspace').notNull(),
    externalId: text('external_id').notNull(),
    name: text('name'),
    /** Whose own digest this is, a key as in people.ts; null: a channel’s roundup. */
    owner: text('owner').unique('channels_owner'),
    zone: text('zone').notNull(),
    at: text('at').notNull(),
    days: smallint('days').array().notNull(),
    size: smallint('size').notNull(),
    layout: text('layout').$type<Layout>().notNull().default('compact'),
    /** True: its messages ring nobody's phone, where the platform can do that. */
    silent: boolean('silent').notNull().default(false),
    /** True: a forum, where a message begins a post of its own. */
    forum: boolean('forum').notNull().default(false),
    /** Null: running. Else why not, in words: `by @ana`, `channel_not_found`. */
    pausedWhy: text('paused_why'),
    /** The platform's word for how the channel was lost; null when a person paused it. */
    pausedCode: text('paused_code'),
    /** When the person who subscribed it was told that it was lost. */
    toldAt: at('told_at'),
    /** True: a day without anything new is said in the channel, too. */
    quietPosts: boolean('quiet_posts').notNull().default(false),
    /** True: links to papers that people post here get a preview. */
    links: boolean('links').notNull().default(true),
    /** True: what was saved, voted for and dismissed here reorders its roundups. */
    taste: boolean('taste').notNull().default(true),
    /** What was said before this no longer counts; null: all of it does. */
    tasteSince: at('taste_since'),
    /** How often what was read here is told; null: never. */
    reading: text('reading').$type<Reading>(),
    /** The last day of the week or month that is told next. */
    readingOn: date('reading_on', { mode: 'string' }),
    /** No message before this: the platform's pause between two, or the wait that it asked for. */
    busyUntil: at('busy_until'),
    /** A process is making this channel's roundup, and no other should until then. */
    makingUntil: at('making_until'),
    /** The next slot: its instant and the local date it belongs to. */
    nextDueAt: at('next_due_at').notNull(),
    nextDueOn: date('next_due_on', { mode: 'string' }).notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    unique('channels_place').on(t.platform, t.workspace, t.externalId),
    index('channels_due').on(t.nextDueAt).where(sql`${t.pausedWhy} is null`),
  ],
);

/** A saved query, in the language of core/topic.ts; `name` for the ready-made ones. */
export const topics = pgTable('topics', {
  id: id(),
  query: text('query').notNull().unique(),
  name: text('name').unique(),
});

export const channelTopics = pgTable(
  'channel_topics',
  {
    channelId: ref('channel_id').notNull().references(() => channels.id, { onDelete: 'cascade' }),
    topicId: ref('topic_id').notNull().references(() => topics.id),
    addedBy: text('added_by').notNull(),
    addedAt: at('added_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.topicId] })],
);
