// What every verb of the command line is handed: settings, streams, the database.
import type { App } from '../app.ts';
import { readConfig, type Config } from '../config.ts';
import type { Platform } from '../core/platform.ts';
import { ConfigError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { openDb, type OpenDb } from '../db/connect.ts';
import { openLog } from '../log.ts';
import * as platformList from '../platforms/index.ts';

export interface Cli {
  process: NodeJS.Process;
  platforms: Platform[];
  json: boolean;
  readonly config: Config;
  log(): Promise<Log>;
  now: () => Date;
  /** An answer on standard output: JSON for machines, else these words. */
  say(value: unknown, words: string): void;
  /** Something a person would like to know meanwhile, on standard error; machines are spared it. */
  tell: (words: string) => void;
  /** A line that is written over by the next, on a terminal only. */
  progress(words: string): void;
  /** Is handed the bot that `start` has put together, by whoever drives it with a clock of their own. */
  begun?: (app: App) => void;
  /** Opens the database for one piece of work. */
  withDb<T>(work: (opened: OpenDb) => Promise<T>): Promise<T>;
}

const LEVELS = ['debug', 'info', 'warn', 'error'];

export function makeCli(process: NodeJS.Process, json: boolean): Cli {
  const { stdout, stderr, env } = process;
  const platforms = Object.values(platformList);
  let config: Config | undefined;
  const cli: Cli = {
    process,
    platforms,
    json,
    // Read when it is first needed: a manifest needs no tokens, and the doctor reports what is wrong.
    get config() {
      return (config ??= readConfig(env, platforms));
    },
    log: () => openLog({ level: readLevel(env.LOG_LEVEL), lines: Boolean(stderr.isTTY) && !json }),
    now: () => new Date(),
    say: (value, words) => void stdout.write(json ? `${JSON.stringify(value)}\n` : `${words}\n`),
    tell: (words) => void (json || stderr.write(`${words}\n`)),
    progress(words) {
      // \r and "erase to the end": the line is its own next version.
      if (stderr.isTTY && !json) stderr.write(`\r\u001b[K${words}`);
    },
    async withDb(work) {
      const opened = await openDb(cli.config.database);
      try {
        return await work(opened);
      } finally {
        await opened.close();
      }
    },
  };
  return cli;
}

function readLevel(value: string | undefined): string | undefined {
  const level = value?.trim() || undefined;
  if (level && !LEVELS.includes(level)) throw new ConfigError([`LOG_LEVEL is “${level}”: it must be one of ${LEVELS.join(', ')}.`]);
  return level;
}
