// The daily chores: what is old goes, statistics are refreshed, the embedded database is backed up.
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { and, inArray, lt, notInArray, sql } from 'drizzle-orm';
import { deleteOldClaims } from './claims.ts';
import type { OpenDb } from './connect.ts';
import { facts, leases, outbox, paperSnapshots, rejectedRecords, roundups, sourceRuns } from './schema.ts';

const DAY = 86_400_000;
/** Texts behind old buttons. */
const KEEP_TEXT_DAYS = 90;

/** Deletes rows older than their keeping time, in days. Rows that still wait for something are never deleted. */
export async function deleteOld({ db }: Pick<OpenDb, 'db'>, keep: Record<'snapshots' | 'outbox' | 'runs' | 'rejected' | 'roundups', number>, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY);
  await db.delete(paperSnapshots).where(lt(paperSnapshots.takenAt, before(keep.snapshots)));
  await db.delete(outbox).where(and(inArray(outbox.status, ['sent', 'failed']), lt(outbox.tryAt, before(keep.outbox))));
  await db.delete(roundups).where(and(notInArray(roundups.status, ['queued']), lt(roundups.createdAt, before(keep.roundups))));
  // Where a source goes on is in its latest run with a cursor: that one stays, however old.
  await db.delete(sourceRuns).where(
    and(
      lt(sourceRuns.startedAt, before(keep.runs)),
      sql`(${sourceRuns.cursor} is null or exists (
        select from source_runs later where later.source = ${sourceRuns.source} and later.started_at > ${sourceRuns.startedAt}
          and later.cursor is not null and later.error is null))`,
    ),
  );
  await db.delete(rejectedRecords).where(lt(rejectedRecords.rejectedAt, before(keep.rejected)));
  await deleteOldClaims(db, now);
  await db.delete(leases).where(lt(leases.until, before(1)));
  await db.delete(facts).where(and(sql`${facts.key} like 'text:%'`, lt(facts.setAt, before(KEEP_TEXT_DAYS))));
}

/** PGlite has no autovacuum; on Postgres, whose own does the work, nothing happens. */
export async function vacuum({ db, kind }: OpenDb): Promise<void> {
  if (kind === 'embedded') await db.execute(sql`vacuum (analyze)`);
}

/**
 * Writes a backup of the embedded database and removes all but the newest `most`. The file appears whole or not at
 * all. Returns its path; undefined on Postgres, which is backed up with its own tools.
 */
export async function backUp(opened: OpenDb, folder: string, most: number, now: Date): Promise<string | undefined> {
  if (!opened.dump || most === 0) return undefined;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `paperround-${now.toISOString().slice(0, 10)}.tar.gz`);
  await writeWhole(file, await opened.dump());
  const old = readdirSync(folder).filter((name) => /^paperround-[\d-]+\.tar\.gz$/.test(name)).sort().slice(0, -most);
  for (const name of old) rmSync(join(folder, name));
  return file;
}

/** Writes beside the file, then renames: a full disk or a kill leaves the old file as it was. */
export async function writeWhole(file: string, blob: Blob): Promise<void> {
  const part = `${file}.part`;
  try {
    writeFileSync(part, Buffer.from(await blob.arrayBuffer()));
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
