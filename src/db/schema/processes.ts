// What processes share.
import { pgTable, text } from 'drizzle-orm/pg-core';
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
