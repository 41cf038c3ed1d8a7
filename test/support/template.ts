// Once a run: an empty, migrated embedded database as a file, so that each test file loads it instead of making its own.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '../../src/db/connect.ts';

export function templateFile(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync('migrations').filter((name) => name.endsWith('.sql')).sort()) {
    hash.update(readFileSync(join('migrations', file)));
  }
  hash.update(readFileSync('package-lock.json'));
  return join('node_modules', '.cache', `paperround-${hash.digest('hex').slice(0, 16)}.tar.gz`);
}

export default async function setup(): Promise<void> {
  const file = templateFile();
  if (existsSync(file)) return;
  const opened = await openDb({ memory: undefined });
  mkdirSync(join('node_modules', '.cache'), { recursive: true });
  writeFileSync(file, Buffer.from(await (await opened.dump!()).arrayBuffer()));
  await opened.close();
}
