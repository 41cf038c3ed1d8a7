// The search index; how it is used: db/search.
import { sql } from 'drizzle-orm';
import { date, index, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { bytea, ref } from './columns.ts';
import { papers } from './papers.ts';

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
    /** The hashes of the authors' names in order, given names before the family name. */
    names: integer('names').array().notNull().default([]),
    /** One key for each two neighbours in the title: 16 bits of a hash and 4 bits of how much this paper is about them. */
    pairs: integer('pairs').array().notNull().default([]),
  },
  (t) => [
    index('search_docs_keys').using('gin', t.keys),
    index('search_docs_names').using('gin', t.names),
    index('search_docs_pairs').using('gin', t.pairs),
    // The well known, who must be found however many other papers have the word. See db/search/candidates.ts.
    index('search_docs_voted').using('gin', t.keys).where(sql`${t.upvotes} >= 10`),
  ],
);

/**
 * For each stem, in how many papers it stands with each of the 16 weights; for each name, how many papers are signed with
 * it, in the first of the 16; under hash 0, the number of papers.
 */
export const searchTerms = pgTable(
  'search_terms',
  {
    hash: integer('hash').primaryKey(),
    stem: text('stem').notNull(),
    counts: integer('counts').array().notNull(),
  },
  (t) => [index('search_terms_stem').on(t.stem.op('text_pattern_ops'))],
);
