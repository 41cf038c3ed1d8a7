// Small facts that outlive a process.
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from './connect.ts';
import { facts } from './schema.ts';

export async function recall(db: Db, key: string): Promise<string | undefined> {
  const [fact] = await db.select().from(facts).where(eq(facts.key, key));
  return fact?.value;
}

export async function remember(db: Db, key: string, value: string, now: Date): Promise<void> {
  await db.insert(facts).values({ key, value, setAt: now }).onConflictDoUpdate({ target: facts.key, set: { value, setAt: now } });
}

/** True for the first who asks with this key. */
export async function rememberOnce(db: Db, key: string, now: Date): Promise<boolean> {
  const made = await db.insert(facts).values({ key, value: '', setAt: now }).onConflictDoNothing().returning({ key: facts.key });
  return made.length > 0;
}

/** A short name for a text that is too long for a button; `longText` gives it back. */
export async function shorten(db: Db, text: string, now: Date): Promise<string> {
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  await remember(db, `text:${name}`, text, now);
  return name;
}

export async function longText(db: Db, name: string): Promise<string | undefined> {
  return recall(db, `text:${name}`);
}
