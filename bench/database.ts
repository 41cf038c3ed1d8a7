// Empty databases for the bench: each run makes its own and leaves nothing behind.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { readConfig } from '../src/config.ts';
import { openDb, type OpenDb } from '../src/db/connect.ts';

export interface BenchDb extends OpenDb {
  /** Where another process finds it. */
  env: Record<string, string>;
  /** False for one that an earlier run left. */
  isNew: boolean;
  /** Deletes it; closed or not. One with a name stays. */
  remove(): Promise<void>;
}

/** A new database on the server of this URL, or embedded without one. With a `name`, on a server, it is kept for later runs. */
export async function openBenchDb(url: string | undefined, name?: string): Promise<BenchDb> {
  return url ? openOnServer(url, name) : openInFolder();
}

async function openOnServer(server: string, kept: string | undefined): Promise<BenchDb> {
  const name = kept ?? `paperround_bench_${randomBytes(4).toString('hex')}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  const [there] = await admin`select from pg_database where datname = ${name}`;
  if (!there) await admin.unsafe(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const opened = await openDb({ url: url.href });
  return {
    ...opened,
    env: { DATABASE_URL: url.href },
    isNew: !there,
    remove: async () => {
      if (!kept) await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/**
 * The same database with none of its pages in memory: a copy, and the system's own cache emptied where this is allowed
 * (`emptied`). Close the original first.
 */
export async function openCold(server: string, original: BenchDb): Promise<BenchDb & { emptied: boolean }> {
  const name = `paperround_bench_${randomBytes(4).toString('hex')}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${new URL(original.env.DATABASE_URL!).pathname.slice(1)} strategy file_copy`);
  const emptied = emptyCache();
  const url = new URL(server);
  url.pathname = `/${name}`;
  const remove = async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { ...(await openDb({ url: url.href })), env: { DATABASE_URL: url.href }, isNew: false, remove, emptied };
}

function emptyCache(): boolean {
  try {
    execFileSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '3');
    return true;
  } catch {
    return false;
  }
}

async function openInFolder(): Promise<BenchDb> {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-bench-'));
  const env = { PAPERROUND_DATA: folder };
  const opened = await openDb(readConfig(env, []).database);
  return {
    ...opened,
    env,
    isNew: true,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
