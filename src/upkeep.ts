// The chores of the night, once a day whichever process comes first.
import type { Config } from './config.ts';
import { wordsOf } from './core/errors.ts';
import type { Log } from './core/log.ts';
import type { OpenDb } from './db/connect.ts';
import { recall, remember } from './db/facts.ts';
import { renewIndex } from './db/search/index.ts';
import { backUp, deleteOld, vacuum } from './db/upkeep.ts';

/** UTC; few channels post then. */
const HOUR = 3;

/** Does the day's chores when their hour has come and nobody has done them. A chore that fails doesn't stop the next. */
export async function runUpkeep(opened: OpenDb, config: Config, now: Date, log: Log): Promise<void> {
  const today = now.toISOString().slice(0, 10);
  const last = await recall(opened.db, 'upkeep');
  if (last === today) return;
  // A new database has nothing to tidy: its first chores come the night after.
  if (last === undefined || now.getUTCHours() < HOUR) {
    if (last === undefined) await remember(opened.db, 'upkeep', today, now);
    return;
  }
  await remember(opened.db, 'upkeep', today, now);
  const chores: [string, () => Promise<unknown>][] = [
    ['old rows', () => deleteOld(opened, config.keepDays, now)],
    ['search index', () => renewIndex(opened.background ?? opened.db, now)],
    ['vacuum', () => vacuum(opened)],
    ['backup', () => backUp(opened, `${config.folder}/backups`, config.backups, now)],
  ];
  for (const [chore, act] of chores) {
    try {
      await act();
      log.info({ chore }, 'chore done');
    } catch (error) {
      log.error({ chore, error: wordsOf(error) }, 'chore failed');
    }
  }
}
