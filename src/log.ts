// The logger: lines for a person at a terminal, JSON for machines. Always on stderr: stdout is for answers.
import pino, { type DestinationStream } from 'pino';
import { hideAddresses } from './core/email.ts';
import type { Log } from './core/log.ts';

export interface LogSettings {
  level: string | undefined;
  /** A person reads it. */
  lines: boolean;
}

/** Tokens never reach the log: whatever key looks like one is censored, in case an SDK's error carries it. */
const SECRET = ['token', 'authorization', 'Authorization', '*.token', '*.authorization', '*.Authorization', 'headers.authorization'];

export async function openLog({ level, lines }: LogSettings): Promise<Log> {
  const options = { level: level ?? (lines ? 'error' : 'info'), base: null, redact: { paths: SECRET, censor: '[secret]' }, formatters: { log: hideIn } };
  const stream = lines ? await prettyStream() : pino.destination({ dest: 2, sync: true });
  const log: Log = pino(options, stream);
  return log;
}

/** Nor do anybody's e-mail addresses, which mail servers repeat in their answers. */
function hideIn(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, typeof value === 'string' ? hideAddresses(value) : value]));
}

async function prettyStream(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss' });
}
