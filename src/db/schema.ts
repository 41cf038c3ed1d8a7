// The tables. Instants end in `At`, days in `On`. Nothing here beyond what stock Postgres (14 and up) and PGlite share.
import { sql } from 'drizzle-orm';
import {
  bigint, bigserial, boolean, customType, date, foreignKey, index, integer, jsonb, pgTable,
  primaryKey, smallint, text, timestamp, unique, uniqueIndex, type AnyPgColumn,
} from 'drizzle-orm/pg-core'; // prettier-ignore
import type { Payload, Receipt } from '../core/chat.ts';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
const id = () => bigserial('id', { mode: 'number' }).primaryKey();
const ref = (name: string) => bigint(name, { mode: 'number' });
const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** One paper, whatever number of sources tell of it. Text comes from the best of them. */
export const papers = pgTable(
  'papers',
  {
    id: id(),
    ref: text('ref').notNull().unique(),
    arxivId: text('arxiv_id').unique(),
    version: integer('version'),
    title: text('title').notNull(),
    titleKey: text('title_key').notNull(),
    abstract: text('abstract').notNull(),
    authors: jsonb('authors').$type<string[]>().notNull(),
    categories: text('categories').array().notNull(),
    publishedOn: date('published_on', { mode: 'string' }),
    firstSeenAt: at('first_seen_at').notNull(),
    listedAt: at('listed_at').notNull(),
    sources: text('sources').array().notNull(),
    textSource: text('text_source').notNull(),
    url: text('url'),
    githubUrl: text('github_url'),
    projectUrl: text('project_url'),
    organization: text('organization'),
    upvotes: integer('upvotes'),
    stars: integer('stars'),
    withdrawn: boolean('withdrawn').notNull().default(false),
    submittedBy: text('submitted_by'),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [index('papers_title_key').using('hash', t.titleKey), index('papers_listed_at').on(t.listedAt)],
);

/** What one source says of one paper, in short: enough to tell a change, and to count agreement. */
export const paperRecords = pgTable(
  'paper_records',
  {
    id: id(),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    source: text('source').notNull(),
    sourceId: text('source_id').notNull(),
    /** Digest of the record's content: equal means unchanged. */
    digest: text('digest').notNull(),
    listedOn: date('listed_on', { mode: 'string' }),
    upvotes: integer('upvotes'),
    stars: integer('stars'),
    submittedBy: text('submitted_by'),
    firstSeenAt: at('first_seen_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [unique('paper_records_source_id').on(t.source, t.sourceId), index('paper_records_paper').on(t.paperId)],
);

/** Counts as they were, written when they change: trending needs velocity. */
export const paperSnapshots = pgTable(
  'paper_snapshots',
  {
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    source: text('source').notNull(),
    takenAt: at('taken_at').notNull(),
    upvotes: integer('upvotes'),
    stars: integer('stars'),
  },
  (t) => [primaryKey({ columns: [t.paperId, t.source, t.takenAt] }), index('paper_snapshots_taken_at').on(t.takenAt)],
);

/** The search index: one row a paper, see db/search. Kept apart from the wide papers rows. */
export const searchDocs = pgTable(
  'search_docs',
  {
    paperId: ref('paper_id').primaryKey().references(() => papers.id, { onDelete: 'cascade' }),
    /** What the prior is made of at the time of a query. */
    upvotes: integer('upvotes'),
    publishedOn: date('published_on', { mode: 'string' }),
    titleLength: smallint('title_length').notNull(),
    /** 32-bit hashes of the stems in order, title first. */
    tokens: bytea('tokens').notNull(),
    /** One key per distinct stem: 28 bits of its hash and 4 bits of its weight in this paper. */
    keys: integer('keys').array().notNull(),
  },
  (t) => [
    index('search_docs_keys').using('gin', t.keys),
    // The well known, who must be found however many other papers have the word. See db/search/candidates.ts.
    index('search_docs_voted').using('gin', t.keys).where(sql`${t.upvotes} >= 10`),
  ],
);

/** For each stem, in how many papers it stands with each of the 16 weights; under hash 0, the number of papers. */
export const searchTerms = pgTable(
  'search_terms',
  {
    hash: integer('hash').primaryKey(),
    stem: text('stem').notNull(),
    counts: integer('counts').array().notNull(),
  },
  (t) => [index('search_terms_stem').on(t.stem.op('text_pattern_ops'))],
);

/** A place that gets roundups: one schedule each. */
export const channels = pgTable(
  'channels',
  {
    id: id(),
    platform: text('platform').notNull(),
    workspace: text('workspace').notNull(),
    externalId: text('external_id').notNull(),
    name: text('name'),
    zone: text('zone').notNull(),
    at: text('at').notNull(),
    days: smallint('days').array().notNull(),
    size: smallint('size').notNull(),
    /** Null: running. Else why not, in words: `by @ana`, `channel_not_found`. */
    pausedWhy: text('paused_why'),
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

export type RoundupKind = 'daily' | 'extra' | 'weekly';
export type RoundupStatus = 'queued' | 'sent' | 'skipped' | 'failed';

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
  (t) => [unique('roundups_slot').on(t.channelId, t.on, t.kind)],
);

/** What a channel has been shown, and why. */
export const roundupPapers = pgTable(
  'roundup_papers',
  {
    roundupId: ref('roundup_id').notNull().references(() => roundups.id, { onDelete: 'cascade' }),
    channelId: ref('channel_id').notNull().references(() => channels.id, { onDelete: 'cascade' }),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    position: smallint('position').notNull(),
    why: text('why').notNull(),
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
  ],
);

/** A person kept a paper. `person` is `platform:workspace:user`. */
export const saves = pgTable(
  'saves',
  {
    person: text('person').notNull(),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    savedAt: at('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.person, t.paperId] }), index('saves_paper').on(t.paperId, t.workspace)],
);

/** A person's vote: 1 for, -1 against. */
export const votes = pgTable(
  'votes',
  {
    person: text('person').notNull(),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    value: smallint('value').notNull(),
    votedAt: at('voted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.person, t.paperId] }), index('votes_paper').on(t.paperId, t.workspace)],
);

/** Every read of a source: what came, what it left behind, and what went wrong. */
export const sourceRuns = pgTable(
  'source_runs',
  {
    id: id(),
    source: text('source').notNull(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    fetched: integer('fetched').notNull().default(0),
    inserted: integer('inserted').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    unchanged: integer('unchanged').notNull().default(0),
    rejected: integer('rejected').notNull().default(0),
    error: text('error'),
    /** Where the next run goes on. */
    cursor: jsonb('cursor').$type<Record<string, unknown>>(),
  },
  (t) => [index('source_runs_latest').on(t.source, t.startedAt)],
);

/** A row that could not be used, and why. The same fault is kept once. */
export const rejectedRecords = pgTable(
  'rejected_records',
  {
    id: id(),
    source: text('source').notNull(),
    /** Digest of the raw text, so that a row read every hour is one row here. */
    digest: text('digest').notNull(),
    line: integer('line'),
    sourceId: text('source_id'),
    why: text('why').notNull(),
    raw: text('raw').notNull(),
    rejectedAt: at('rejected_at').notNull(),
  },
  (t) => [uniqueIndex('rejected_records_once').on(t.source, t.digest)],
);

/** A right that one process at a time holds, such as the next request to arXiv. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  owner: text('owner').notNull(),
  /** Nobody else may have it before this. */
  until: at('until').notNull(),
});

/** Small facts that outlive a process, such as which commands Discord has. */
export const facts = pgTable('facts', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
  setAt: at('set_at').notNull(),
});
