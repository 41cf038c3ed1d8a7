// Everything that a person said of papers in a workspace, and their own digest: counted, and deleted.
import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm';
import type { Call } from '../core/chat.ts';
import { ownerOf } from '../core/keys.ts';
import type { Channel } from './channels.ts';
import type { Db } from './connect.ts';
import { personOf } from './saves.ts';
import { channels, channelTopics, dismissals, facts, notes, reads, roundupPapers, saves, submissions, topics, votes } from './schema.ts';
import { topicsOf } from './topics.ts';
import { undoKey } from './undo.ts';

const TABLES = { saves, votes, notes, reads, dismissals, submissions };

type Who = Pick<Call, 'channel' | 'person'>;

/** How many rows of each kind. */
export type Said = Record<keyof typeof TABLES, number>;

/** How much the person of the call said in this workspace, and in their direct messages where these are another. */
export async function countSaid(db: Db, call: Who): Promise<Said> {
  return eachTable((table) => db.$count(table, inArray(table.person, keysOf(call))));
}

/** Deletes it all, and with `digest` also that, or nothing when something fails; returns how much was said. */
export async function forgetSaid(db: Db, call: Who, digest?: Channel): Promise<Said> {
  return db.transaction(async (tx) => {
    if (digest) await deleteDigest(tx, digest);
    await forgetName(tx, call);
    return eachTable(async (table) => (await tx.delete(table).where(inArray(table.person, keysOf(call))).returning({ paperId: table.paperId })).length);
  });
}

// Why a paper was shown says who handed it in, and is kept for longer than what was posted.
async function forgetName(tx: Db, call: Who): Promise<void> {
  const named = sql`' · submitted by ' || ${submissions.name} || ' · '`;
  await tx
    .update(roundupPapers)
    .set({ why: sql`btrim(replace(' · ' || ${roundupPapers.why} || ' · ', ${named}, ' · '), ' ·')` })
    .from(submissions)
    .innerJoin(channels, eq(submissions.workspace, sql`${channels.platform} || ':' || ${channels.workspace}`))
    .where(and(inArray(submissions.person, keysOf(call)), eq(roundupPapers.paperId, submissions.paperId), eq(roundupPapers.channelId, channels.id)));
}

// With its history, its messages, and the topics that nobody else follows.
async function deleteDigest(tx: Db, digest: Channel): Promise<void> {
  const followed = (await topicsOf(tx, digest.id)).map(({ id }) => id);
  await tx.delete(channels).where(eq(channels.id, digest.id));
  await tx.delete(facts).where(eq(facts.key, undoKey(digest)));
  const others = tx.select().from(channelTopics).where(eq(channelTopics.topicId, topics.id));
  await tx.delete(topics).where(and(inArray(topics.id, followed), isNull(topics.name), notExists(others)));
}

function keysOf(call: Who): string[] {
  return [...new Set([personOf(call), ownerOf(call)])];
}

async function eachTable(count: (table: (typeof TABLES)[keyof typeof TABLES]) => Promise<number>): Promise<Said> {
  const counts: Partial<Said> = {};
  for (const [name, table] of Object.entries(TABLES) as [keyof Said, (typeof TABLES)[keyof typeof TABLES]][]) counts[name] = await count(table);
  return counts as Said;
}
