// What people keep, note, read, vote for, hand in, and don't want.
import { boolean, index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { at, ref } from './columns.ts';
import { papers } from './papers.ts';

/** True: it was said where not all of the workspace can look, so it counts in that channel alone. */
const inPrivate = () => boolean('private').notNull().default(false);

/** A person kept a paper. `person` is `platform:workspace:user`. */
export const saves = pgTable(
  'saves',
  {
    person: text('person').notNull(),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    private: inPrivate(),
    savedAt: at('saved_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.person, t.paperId] }),
    index('saves_paper').on(t.paperId, t.workspace),
    index('saves_place').on(t.workspace, t.channel),
  ],
);

/** A person's vote: 1 for, -1 against. */
export const votes = pgTable(
  'votes',
  {
    person: text('person').notNull(),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    private: inPrivate(),
    value: smallint('value').notNull(),
    votedAt: at('voted_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.person, t.paperId] }),
    index('votes_paper').on(t.paperId, t.workspace),
    index('votes_place').on(t.workspace, t.channel),
  ],
);

/** A person handed a paper in, and is named with it. */
export const submissions = pgTable(
  'submissions',
  {
    person: text('person').notNull(),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    private: inPrivate(),
    name: text('name').notNull(),
    submittedAt: at('submitted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.person, t.paperId] }), index('submissions_paper').on(t.paperId, t.workspace), index('submissions_age').on(t.submittedAt)],
);

/** A person said that a paper is not for a channel: of the paper itself that is no verdict, so it is no vote. */
export const dismissals = pgTable(
  'dismissals',
  {
    person: text('person').notNull(),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    dismissedAt: at('dismissed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.person, t.paperId, t.channel] }), index('dismissals_place').on(t.workspace, t.channel)],
);

/** A person's own note on a paper, for nobody else's eyes. */
export const notes = pgTable(
  'notes',
  {
    person: text('person').notNull(),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    workspace: text('workspace').notNull(),
    text: text('text').notNull(),
    notedAt: at('noted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.person, t.paperId] })],
);

/** A person has read a paper, and said so in a channel. */
export const reads = pgTable(
  'reads',
  {
    person: text('person').notNull(),
    paperId: ref('paper_id').notNull().references(() => papers.id, { onDelete: 'cascade' }),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    readAt: at('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.person, t.paperId] }), index('reads_place').on(t.workspace, t.channel)],
);
