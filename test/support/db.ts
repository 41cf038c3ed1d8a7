// A database for a test file: embedded always; real Postgres when TEST_DATABASE_URL names a server (as .ci/run does).
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
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
  const { url, drop } = await createDatabase(realPostgres);
  const opened = await openDb({ url, connections: 4 });
  return {
    ...opened,
    url,
    close: async () => {
      await opened.close();
      await drop();
    },
  };
}

export interface BareDb {
  run: (statements: string) => Promise<unknown>;
  rows: (query: string) => Promise<object[]>;
  close: () => Promise<void>;
}

/** An empty database, for the migrations themselves. `run` takes several statements, `rows` one. */
export async function openBareDb(): Promise<BareDb> {
  if (!realPostgres) {
    const db = new PGlite();
    return { run: (statements) => db.exec(statements), rows: async (query) => (await db.query<object>(query)).rows, close: () => db.close() };
  }
  const { url, drop } = await createDatabase(realPostgres);
  const one = postgres(url, { max: 1, onnotice: () => {} });
  return {
    run: (statements) => one.unsafe(statements),
    rows: async (query) => [...(await one.unsafe<object[]>(query))],
    close: async () => {
      await one.end();
      await drop();
    },
  };
}

async function createDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `paperround_${randomBytes(6).toString('hex')}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
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
