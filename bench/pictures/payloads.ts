// What the bot would post and answer, as its own command line prints it, from the papers that ship with it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs one verb of `paperround` with `--json` and gives back what it printed. */
export type Ask = (...words: string[]) => Promise<unknown>;

/** Runs verbs of `paperround` on a database of their own, which ends with `work`. */
export async function withPaperround<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  const data = await mkdtemp(join(tmpdir(), 'paperround-pictures-'));
  // No token and no DATABASE_URL: a picture shows what everybody gets.
  const env = { PATH: process.env.PATH, PAPERROUND_DATA: data };
  const ask: Ask = async (...words) => {
    const argv = ['--import', 'tsx', 'src/bin/paperround.ts', ...words, '--json'];
    const { stdout } = await run(process.execPath, argv, { env, maxBuffer: 1e8 });
    return JSON.parse(stdout) as unknown;
  };
  try {
    return await work(ask);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
