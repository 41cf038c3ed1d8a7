// What processes share.
import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

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

/** What was taken in hand already: an event, a command or a press that a platform may deliver again, to any process. */
export const claims = pgTable(
  'claims',
  {
    id: text('id').primaryKey(),
    claimedAt: at('claimed_at').notNull(),
  },
  (t) => [index('claims_age').on(t.claimedAt)],
);

/** Turns that all processes share, such as requests of one bot token: when the next one is free. */
export const budgets = pgTable('budgets', {
  name: text('name').primaryKey(),
  nextAt: at('next_at').notNull(),
});

/** A workspace that installed the app, with what it takes to speak there, sealed. */
export const installations = pgTable(
  'installations',
  {
    platform: text('platform').notNull(),
    workspace: text('workspace').notNull(),
    /** The tokens, encrypted; null once the workspace took them back. */
    sealed: text('sealed'),
    installedBy: text('installed_by').notNull(),
    installedAt: at('installed_at').notNull(),
    /** When and how the workspace took the app out. */
    goneAt: at('gone_at'),
    goneCode: text('gone_code'),
  },
  (t) => [primaryKey({ columns: [t.platform, t.workspace] })],
);
