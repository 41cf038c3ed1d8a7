// Rows that could not be used, kept with the reason, each fault once.
import { createHash } from 'node:crypto';
import type { Rejection } from '../core/source.ts';
import type { Db } from './connect.ts';
import { rejectedRecords } from './schema.ts';

/** Keeps what is new among these. A row that is rejected at every read is kept as it was the first time. */
export async function keepRejections(db: Db, source: string, rejections: Rejection[], now: Date): Promise<void> {
  for (let at = 0; at < rejections.length; at += CHUNK) {
    await db
      .insert(rejectedRecords)
      .values(rejections.slice(at, at + CHUNK).map((rejection) => rowOf(source, rejection, now)))
      .onConflictDoNothing();
  }
}

const CHUNK = 500;
const KEPT = 2000;

function rowOf(source: string, { line, id, why, raw }: Rejection, now: Date): typeof rejectedRecords.$inferInsert {
  return {
    source,
    digest: createHash('sha256').update(raw).digest('base64url').slice(0, 22),
    line: line ?? null,
    sourceId: id === undefined ? null : storable(id),
    why: storable(why),
    raw: storable(raw.slice(0, KEPT)),
    rejectedAt: now,
  };
}

/** Postgres takes neither NUL nor half a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
