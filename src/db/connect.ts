// Opens the database: embedded PGlite in a folder, or Postgres by URL. Migrates before anything else runs.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql, type SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Sql } from 'postgres';
import { lockFolder } from './folder-lock.ts';
import * as schema from './schema.ts';

/** Either driver. Inside `db.transaction(tx => …)` use `tx` alone: PGlite has one session, and `db` would wait for ever. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface OpenDb {
  db: Db;
  /** For work that nobody waits for: on Postgres with connections of its own, so that it keeps no answer waiting. */
  background?: Db;
  kind: 'embedded' | 'postgres';
  /** The whole embedded database as a gzipped tar; undefined on Postgres, which has pg_dump. */
  dump: (() => Promise<Blob>) | undefined;
  close(): Promise<void>;
}

export type DbPlace = { url: string; connections?: number } | { folder: string; restoreFrom?: Blob } | { memory: Blob | undefined };

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Any number that other programs on the same server are unlikely to take for a lock of theirs. */
const MIGRATION_LOCK = 7_204_511_903;

/**
 * Opens and migrates. Concurrent starts on one empty Postgres wait for each other.
 * Throws FolderInUse when another process has the folder open.
 */
export async function openDb(place: DbPlace): Promise<OpenDb> {
  return 'url' in place ? openPostgres(place.url, place.connections ?? 10) : openEmbedded(place);
}

async function openPostgres(url: string, connections: number): Promise<OpenDb> {
  const [{ default: postgres }, { drizzle }, { migrate }] = await Promise.all([
    import('postgres'),
    import('drizzle-orm/postgres-js'),
    import('drizzle-orm/postgres-js/migrator'),
  ]);
  const quiet = { onnotice: () => {}, connect_timeout: 10, connection: { application_name: 'paperround' } };
  const single = postgres(url, { ...quiet, max: 1 });
  try {
    // The lock belongs to the session, so the migration must use the same one: a pool of exactly one.
    await single`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(single), { migrationsFolder: MIGRATIONS });
  } finally {
    await single.end({ timeout: 5 });
  }
  const [client, background] = [connections, Math.ceil(connections / 2)].map((max) => postgres(url, { ...quiet, max })) as [Sql, Sql];
  const [db, behind] = [client, background].map((pool) => drizzle(pool, { schema }) as unknown as Db) as [Db, Db];
  return {
    db,
    background: behind,
    kind: 'postgres',
    dump: undefined,
    close: async () => void (await Promise.all([client, background].map((pool) => pool.end({ timeout: 5 })))),
  };
}

async function openEmbedded(place: { folder: string; restoreFrom?: Blob } | { memory: Blob | undefined }): Promise<OpenDb> {
  const folder = 'folder' in place ? place.folder : undefined;
  if (folder) mkdirSync(folder, { recursive: true });
  const lock = folder ? await lockFolder(folder) : undefined;
  try {
    const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('drizzle-orm/pglite'),
      import('drizzle-orm/pglite/migrator'),
    ]);
    const restored = 'memory' in place ? place.memory : place.restoreFrom;
    const client = await PGlite.create({
      ...(folder ? { dataDir: folder } : {}),
      ...(restored ? { loadDataDir: restored } : {}),
      // The defaults take 130 MB more memory, and let the write-ahead log grow past the data.
      startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'max_wal_size=64MB'],
    });
    const db = drizzle(client, { schema });
    await migrate(db, { migrationsFolder: MIGRATIONS });
    return {
      db: db as unknown as Db,
      kind: 'embedded',
      dump: () => client.dumpDataDir('gzip'),
      close: async () => {
        await client.close();
        await lock?.release();
      },
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

/** The rows of a raw query: the drivers wrap them differently. */
export async function rowsOf<T>(db: Db, query: SQL): Promise<T[]> {
  const result: unknown = await db.execute(query);
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as T[];
}

/** Values as they stand in `in (…)`; there must be one at least. */
export function listOf(values: (string | number)[]): SQL {
  return sql.join(values.map((value) => sql`${value}`), sql`, `);
}

/** Row ids as they stand behind `=`: any of them, also of none. As text: both drivers send that alike, and quicker than arrays. */
export function anyId(ids: number[]): SQL {
  return sql`any(string_to_array(${ids.join()}, ',')::bigint[])`;
}
