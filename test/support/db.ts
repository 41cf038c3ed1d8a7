// A database for a test file: embedded always; real Postgres when TEST_DATABASE_URL names a server (as .ci/run does).
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openDb, rowsOf, type Db, type OpenDb } from '../../src/db/connect.ts';
import { realPostgres } from './real-postgres.ts';
import { templateFile } from './template.ts';

/** Opens one database for the file and empties it before each test. Call at the top of a describe. */
export function useDb(): () => Db {
  let opened: TestDb;
  beforeAll(async () => {
    opened = await openTestDb();
  });
  beforeEach(() => empty(opened.db));
  afterAll(() => opened.close());
  return () => opened.db;
}

export interface TestDb extends OpenDb {
  /** Set on real Postgres: where a second connection finds the same database. */
  url: string | undefined;
}

export async function openTestDb(): Promise<TestDb> {
  if (!realPostgres) {
    return { ...(await openDb({ memory: new Blob([readFileSync(templateFile())]) })), url: undefined };
  }
  const name = `paperround_${randomBytes(6).toString('hex')}`;
  const admin = postgres(realPostgres, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(realPostgres);
  url.pathname = `/${name}`;
  const opened = await openDb({ url: url.href, connections: 4 });
  return {
    ...opened,
    url: url.href,
    close: async () => {
      await opened.close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

async function empty(db: Db): Promise<void> {
  const tables = await rowsOf<{ name: string }>(
    db,
    sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  await db.execute(sql.raw(`truncate ${tables.map((table) => table.name).join(', ')} restart identity cascade`));
}
