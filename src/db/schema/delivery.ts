// Roundups and their messages: the ledger.
import { sql } from 'drizzle-orm';
import { boolean, date, foreignKey, index, integer, jsonb, pgTable, primaryKey, smallint, text, unique, type AnyPgColumn } from 'drizzle-orm/pg-core';
import type { LiveCount } from '../../core/live.ts';
import type { ForumPost, Payload, Receipt } from '../../core/platform.ts';
import type { Reading } from '../../core/reading.ts';
import type { Counts } from '../../core/rise.ts';
import { channels } from './channels.ts';
import { at, id, ref } from './columns.ts';
import { papers } from './papers.ts';

/** `weekly` and `monthly` tell what was read; their date is the last day of the week or month. */
export type RoundupKind = 'daily' | 'extra' | Reading;

export type RoundupStatus = 'waiting' | 'queued' | 'sent' | 'skipped' | 'failed';

/** One roundup for a channel, a local date and a kind: never two. */
export const roundups = pgTable(
  'roundups',
  {
    id: id(),
    channelId: ref('channel_id').notNull().references(() => channels.id, { onDelete: 'cascade' }),
    on: date('on', { mode: 'string' }).notNull(),
    kind: text('kind').$type<RoundupKind>().notNull(),
    title: text('title').notNull(),
    status: text('status').$type<RoundupStatus>().notNull(),
    /** Why it was skipped or failed. */
    why: text('why'),
    dueAt: at('due_at').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    unique('roundups_slot').on(t.channelId, t.on, t.kind),
    index('roundups_open').on(t.dueAt).where(sql`${t.status} in ('waiting', 'queued')`),
  ],
);

/** What a channel has been shown, and why. */
export const roundupPapers = pgTable(
  'roundup_papers',
  {
    roundupId: ref('roundup_id').notNull().references(() => roundups.id, { onDelete: 'cascade' }),
    channelId: ref('channel_id').notNull().references(() => channels.id, { onDelete: 'cascade' }),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    position: smallint('position').notNull(),
    /** The position in the outbox of the message that it stands in, where each paper has one; else of the first. */
    message: smallint('message').notNull().default(0),
    why: text('why').notNull(),
    /** The counts that it was shown with; null where an earlier version wrote none down. */
    counts: jsonb('counts').$type<Counts>(),
    /** True: it had been shown before, and was named because it rose since. */
    rises: boolean('rises').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.roundupId, t.paperId] }), index('roundup_papers_shown').on(t.channelId, t.paperId)],
);

export type OutboxStatus = 'queued' | 'leased' | 'sent' | 'in_doubt' | 'failed';

/** One message, with its final payload. A reply waits until its parent's receipt is here. */
export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    key: text('key').notNull().unique(),
    roundupId: ref('roundup_id').notNull().references(() => roundups.id, { onDelete: 'cascade' }),
    channelId: ref('channel_id').notNull().references(() => channels.id, { onDelete: 'cascade' }),
    parentId: ref('parent_id'),
    position: smallint('position').notNull(),
    payload: jsonb('payload').$type<Payload>().notNull(),
    /** Of a message that begins a post in a forum. */
    post: jsonb('post').$type<ForumPost>(),
    status: text('status').$type<OutboxStatus>().notNull(),
    tryAt: at('try_at').notNull(),
    leaseOwner: text('lease_owner'),
    leaseUntil: at('lease_until'),
    attempts: integer('attempts').notNull().default(0),
    firstTriedAt: at('first_tried_at'),
    receipt: jsonb('receipt').$type<Receipt>(),
    sentAt: at('sent_at'),
    error: text('error'),
  },
  (t) => [
    foreignKey({ columns: [t.parentId], foreignColumns: [t.id as AnyPgColumn], name: 'outbox_parent' }).onDelete('cascade'),
    unique('outbox_place').on(t.roundupId, t.position),
    index('outbox_pending').on(t.tryAt).where(sql`${t.status} in ('queued', 'leased')`),
    index('outbox_leased').on(t.channelId).where(sql`${t.status} = 'leased'`),
  ],
);

/** A message whose counts are brought up to date in place for some days after it was posted. Its payload stays as it was posted. */
export const edits = pgTable(
  'edits',
  {
    messageId: ref('message_id').primaryKey().references(() => outbox.id, { onDelete: 'cascade' }),
    counts: jsonb('counts').$type<LiveCount[]>().notNull(),
    /** The counts as they stand in the message by now, in the same order; null: as it was posted. */
    stand: jsonb('stand').$type<(number | null)[]>(),
    /** How often it was looked whether they have changed. */
    looks: smallint('looks').notNull().default(0),
    /** When to look next; null: no more. */
    lookAt: at('look_at'),
  },
  (t) => [index('edits_due').on(t.lookAt).where(sql`${t.lookAt} is not null`)],
);
