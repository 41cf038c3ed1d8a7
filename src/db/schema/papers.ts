// Papers, and what each source says of them.
import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { at, id, ref } from './columns.ts';

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
    summary: text('summary'),
    authors: jsonb('authors').$type<string[]>().notNull(),
    categories: text('categories').array().notNull(),
    publishedOn: date('published_on', { mode: 'string' }),
    /** The day of the newest version. */
    revisedOn: date('revised_on', { mode: 'string' }),
    firstSeenAt: at('first_seen_at').notNull(),
    listedAt: at('listed_at').notNull(),
    sources: text('sources').array().notNull(),
    textSource: text('text_source').notNull(),
    url: text('url'),
    githubUrl: text('github_url'),
    projectUrl: text('project_url'),
    organization: text('organization'),
    doi: text('doi'),
    journalRef: text('journal_ref'),
    upvotes: integer('upvotes'),
    stars: integer('stars'),
    withdrawn: boolean('withdrawn').notNull().default(false),
    /** Earlier versions kept here who handed it in; empty since, and there for their processes during a rolling restart. */
    submittedBy: text('submitted_by'),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    index('papers_title_key').using('hash', t.titleKey),
    // With what a forecast asks of each paper of a month, so that it reads no row of those that don't match.
    index('papers_listed_at').on(t.listedAt, t.id, t.withdrawn),
    // Few have code, so that many candidates are looked up among them in a moment.
    index('papers_with_code').on(t.id).where(sql`${t.githubUrl} is not null and not ${t.withdrawn}`),
    // The newest papers of a topic that many are of, without putting all of them in order.
    index('papers_published_on').on(t.publishedOn.desc().nullsLast(), t.id.desc().nullsLast()),
    // The papers of a topic with a category that few have.
    index('papers_categories').using('gin', t.categories),
  ],
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
    /** As in `papers`. */
    submittedBy: text('submitted_by'),
    /** Somebody asked for the paper by its id, and the source has not told of it by itself. */
    asked: boolean('asked').notNull().default(false),
    firstSeenAt: at('first_seen_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    unique('paper_records_source_id').on(t.source, t.sourceId),
    index('paper_records_paper').on(t.paperId),
    // With all that is asked of the papers of a month, so that none of their rows is read; and the few that have counts.
    index('paper_records_listed').on(t.listedOn, t.paperId, t.source, t.asked),
    index('paper_records_counted').on(t.paperId, t.upvotes, t.stars, t.source, t.asked).where(sql`${t.upvotes} is not null or ${t.stars} is not null`),
  ],
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
