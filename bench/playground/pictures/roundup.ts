// What the command line prints, from the papers that ship with it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Doc } from '../../../src/core/doc.ts';
import { draw } from '../../../src/platforms/terminal/draw.ts';

const run = promisify(execFile);

/** `paperround roundup --date … --limit 4` on a terminal of so many columns, with its colours, on a database of its own. */
export async function roundupInTerminal(on: string, columns: number): Promise<string> {
  const words = ['roundup', '--date', on, '--limit', '4'];
  const [{ doc }] = (await printed(words)) as [{ doc: Doc }];
  let button = 0;
  return `$ npx paperround ${words.join(' ')}\n\n${draw(doc, { width: columns, colour: true, links: true }, () => ++button)}`;
}

/** What a verb of `paperround` prints with `--json`, on a database of its own. */
export async function printed(words: string[]): Promise<unknown> {
  const data = await mkdtemp(join(tmpdir(), 'paperround-pictures-'));
  try {
    const argv = ['--import', 'tsx', 'src/bin/paperround.ts', ...words, '--json'];
    // No token and no DATABASE_URL: a picture shows what everybody gets.
    const { stdout } = await run(process.execPath, argv, { env: { PATH: process.env.PATH, PAPERROUND_DATA: data }, maxBuffer: 1e8 });
    return JSON.parse(stdout) as unknown;
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
