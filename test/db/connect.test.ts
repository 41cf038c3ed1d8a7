import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { openDb, rowsOf, type OpenDb } from '../../src/db/connect.ts';
import { countPapers } from '../../src/db/papers.ts';
import { openTestDb } from '../support/db.ts';
import { realPostgres } from '../support/real-postgres.ts';
import { havePapers } from '../support/factories.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { templateFile } from '../support/template.ts';

const migrations = readdirSync('migrations').filter((name) => name.endsWith('.sql')).length;

async function applied({ db }: OpenDb): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(db, sql`select count(*)::int as n from drizzle.__drizzle_migrations`);
  return row!.n;
}

describe('opening a database', () => {
  test('brings it to the newest schema', async () => {
    const opened = await openTestDb();
    expect(await applied(opened)).toBe(migrations);
    expect(opened.kind).toBe(realPostgres ? 'postgres' : 'embedded');
    await opened.close();
  });
});

describe('the embedded database', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'paperround-connect-'));
  afterAll(() => rmSync(scratch, { recursive: true }));
  const folder = join(scratch, 'a', 'db');

  test('keeps what was written when it is opened again, and one has it at a time', async () => {
    const first = await openDb({ folder, restoreFrom: new Blob([readFileSync(templateFile())]) });
    await havePapers(first.db, [{}, {}]);
    await expect(openDb({ folder })).rejects.toThrow('Stop that process first');
    await first.close();
    const second = await openDb({ folder });
    expect(await countPapers(second.db)).toBe(2);
    expect(await applied(second)).toBe(migrations);
    await second.close();
  });

  test('is dumped into a file from which it opens elsewhere', async () => {
    const opened = await openDb({ folder });
    const dump = await opened.dump!();
    await opened.close();
    const copy = await openDb({ memory: dump });
    expect(await countPapers(copy.db)).toBe(2);
    await copy.close();
  });

  test('that can’t be opened leaves no lock behind', async () => {
    const other = join(scratch, 'b', 'db');
    await expect(openDb({ folder: other, restoreFrom: new Blob(['no archive']) })).rejects.toThrow();
    expect(existsSync(`${other}.lock`)).toBe(false);
  });
});

describeOnPostgres('opening one Postgres from several processes', () => {
  test('at the same time, on an empty database, works for each of them', async () => {
    const name = `paperround_${randomBytes(6).toString('hex')}`;
    const admin = postgres(realPostgres!, { max: 1, onnotice: () => {} });
    await admin.unsafe(`create database ${name}`);
    const url = new URL(realPostgres!);
    url.pathname = `/${name}`;
    const opened = await Promise.all([1, 2, 3, 4, 5].map(() => openDb({ url: url.href, connections: 1 })));
    expect(await Promise.all(opened.map(applied))).toEqual(opened.map(() => migrations));
    await Promise.all(opened.map((one) => one.close()));
    await admin.unsafe(`drop database ${name}`);
    await admin.end();
  });
});
