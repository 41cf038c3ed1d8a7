// A person's notes on papers and what they have read.
import { and, eq } from 'drizzle-orm';
import type { Call } from '../core/chat.ts';
import type { Db } from './connect.ts';
import { personOf, placeOf, workspaceOf } from './saves.ts';
import { notes, reads } from './schema.ts';

type Who = Pick<Call, 'channel' | 'person'>;

/** Puts the note in place of any older one of this person's; an empty text deletes it. */
export async function notePaper(db: Db, call: Who, paperId: number, text: string, now: Date): Promise<void> {
  const person = personOf(call);
  if (!text) {
    await db.delete(notes).where(and(eq(notes.person, person), eq(notes.paperId, paperId)));
    return;
  }
  await db
    .insert(notes)
    .values({ person, paperId, workspace: workspaceOf(call.channel), text, notedAt: now })
    .onConflictDoUpdate({ target: [notes.person, notes.paperId], set: { text, notedAt: now } });
}

/** It counts for the channel in which it was said last. */
export async function readPaper(db: Db, call: Who, paperId: number, now: Date): Promise<void> {
  const { channel, workspace } = await placeOf(db, call);
  await db
    .insert(reads)
    .values({ person: personOf(call), paperId, channel, workspace, readAt: now })
    .onConflictDoUpdate({ target: [reads.person, reads.paperId], set: { channel, readAt: now } });
}

export async function unreadPaper(db: Db, call: Who, paperId: number): Promise<void> {
  await db.delete(reads).where(and(eq(reads.person, personOf(call)), eq(reads.paperId, paperId)));
}
