import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FolderInUse, lockFolder } from '../../src/db/folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paperround-lock-'));
});
afterEach(() => {
  for (const path of [folder, `${folder}.lock`, `${folder}.link`]) rmSync(path, { recursive: true, force: true });
});

describe('the lock of a folder', () => {
  test('is held by one at a time, and says by whom and what to do', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUse);
    await expect(lockFolder(folder)).rejects.toThrow(new RegExp(`process ${process.pid} on .*Stop that process.*DATABASE_URL`));
    await lock.release();
    expect(existsSync(`${folder}.lock`)).toBe(false);
    await (await lockFolder(folder)).release();
  });

  test('is the same by another name of the folder', async () => {
    symlinkSync(folder, `${folder}.link`);
    const lock = await lockFolder(folder);
    await expect(lockFolder(`${folder}.link`)).rejects.toThrow(FolderInUse);
    await lock.release();
  });

  test('goes with its process, however that ends', async () => {
    const holder = fork(join(import.meta.dirname, '../support/lock-holder.ts'), [folder], { execArgv: ['--import', 'tsx'] });
    await once(holder, 'message');
    await expect(lockFolder(folder)).rejects.toThrow(`process ${holder.pid}`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await (await lockFolder(folder)).release();
  });

  test('held on another host is seen by its heartbeat, until that stops', async () => {
    const note = `${folder}.lock`;
    writeFileSync(note, 'process 7 on another-host');
    await expect(lockFolder(folder)).rejects.toThrow('process 7 on another-host');
    const long = new Date(Date.now() - 60_000);
    utimesSync(note, long, long);
    await (await lockFolder(folder)).release();
  });
});
