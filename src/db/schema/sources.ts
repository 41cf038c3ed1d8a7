// Reads of the sources, and what could not be used.
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { at, id } from './columns.ts';

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
    /** Digest of the newest papers' ids: two reads with the same one found the same. */
    ids: text('ids'),
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
