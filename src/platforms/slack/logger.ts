// Bolt's log lines, through the project's logger.
import type { Logger, LogLevel } from '@slack/bolt';
import { wordsOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';

/** Drops what is below a warning: Bolt's debug lines hold whole messages of people. */
export function boltLogger(log: Log): Logger {
  return {
    debug() {},
    info() {},
    warn: (...words) => log.warn({ words: textOf(words) }, 'slack client warns'),
    error: (...words) => log.error({ words: textOf(words) }, 'slack client failed'),
    setLevel() {},
    getLevel: () => 'warn' as LogLevel,
    setName() {},
  };
}

function textOf(words: unknown[]): string {
  return words.map(wordsOf).join(' ').replace(/\bx(?:ox[a-z]|app)-[\w-]+/g, '[token]');
}
