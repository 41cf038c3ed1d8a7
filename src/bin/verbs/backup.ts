import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { UserError, wordsOf } from '../../core/errors.ts';
import { openDb } from '../../db/connect.ts';
import { lockFolder } from '../../db/folder-lock.ts';
import { countPapers } from '../../db/papers.ts';
import { backUp, writeWhole } from '../../db/upkeep.ts';
import type { Cli } from '../cli.ts';

/** Writes the embedded database into one file. */
export async function backup(cli: Cli, file: string | undefined): Promise<void> {
  embeddedFolder(cli);
  await cli.withDb(async (opened) => {
    let path = file;
    if (path) await writeWhole(path, await opened.dump!());
    else path = await backUp(opened, `${cli.config.folder}/backups`, Math.max(1, cli.config.backups), cli.now());
    const bytes = statSync(path!).size;
    cli.say({ file: path, bytes }, `Written: ${path} (${(bytes / 1e6).toFixed(1)} MB)`);
  });
}

/** Puts a backup in place. The present folder is kept beside it, under a name with the time. */
export async function restore(cli: Cli, file: string): Promise<void> {
  const folder = embeddedFolder(cli);
  if (!existsSync(file)) throw new UserError(`There is no file ${file}.`);
  const restoreFrom = new Blob([readFileSync(file)]);
  let aside: string | undefined;
  if (existsSync(folder)) {
    // Refuses while the bot has it open.
    await (await lockFolder(folder)).release();
    aside = `${folder}.before-${cli.now().toISOString().replace(/[:.]/g, '-')}`;
    renameSync(folder, aside);
  }
  try {
    const opened = await openDb({ folder, restoreFrom });
    const papers = await countPapers(opened.db);
    await opened.close();
    cli.say({ folder, papers, aside }, `Restored ${papers} papers into ${folder}.${aside ? ` What was there is in ${aside}.` : ''}`);
  } catch (error) {
    if (aside) {
      if (existsSync(folder)) renameSync(folder, `${folder}.failed-${Date.now()}`);
      renameSync(aside, folder);
    }
    throw new Error(`${file} could not be restored, and nothing was changed: ${wordsOf(error)}`);
  }
}

function embeddedFolder(cli: Cli): string {
  const { database } = cli.config;
  if ('folder' in database) return database.folder;
  throw new UserError('DATABASE_URL is set: back up Postgres with pg_dump and restore it with pg_restore. These verbs are for the embedded database.');
}
