// Everything that a person said of papers in a workspace: counted, and deleted.
import { eq } from 'drizzle-orm';
import type { Call } from '../core/chat.ts';
import type { Db } from './connect.ts';
import { personOf } from './saves.ts';
import { dismissals, notes, reads, saves, votes } from './schema.ts';

const TABLES = { saves, votes, notes, reads, dismissals };

/** How many rows of each kind. */
export type Said = Record<keyof typeof TABLES, number>;

/** How much the person of the call said in this workspace. */
export async function countSaid(db: Db, call: Pick<Call, 'channel' | 'person'>): Promise<Said> {
  return eachTable((table) => db.$count(table, eq(table.person, personOf(call))));
}

/** Deletes it all, or nothing when something fails; returns how much it was. */
export async function forgetSaid(db: Db, call: Pick<Call, 'channel' | 'person'>): Promise<Said> {
  return db.transaction((tx) => eachTable(async (table) => (await tx.delete(table).where(eq(table.person, personOf(call))).returning({ paperId: table.paperId })).length));
}

async function eachTable(count: (table: (typeof TABLES)[keyof typeof TABLES]) => Promise<number>): Promise<Said> {
  const counts: Partial<Said> = {};
  for (const [name, table] of Object.entries(TABLES) as [keyof Said, (typeof TABLES)[keyof typeof TABLES]][]) counts[name] = await count(table);
  return counts as Said;
}
