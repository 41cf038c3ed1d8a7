import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { UserError, wordsOf } from '../../core/errors.ts';
import { applyImport, exportSettings, planImport, readTransfer, type Transfer } from '../../transfer.ts';
import type { Cli } from '../cli.ts';

const HEADER = '# Channels, schedules and topics of Paperround. paperround import --dry-run FILE shows what reading it would change.\n';

/** Writes every channel with its schedule and topics, as a file that a team can keep in git; with `people` also their own digests and what they said of papers. */
export async function exportVerb(cli: Cli, options: { people?: true } = {}): Promise<void> {
  await cli.withDb(async ({ db }) => {
    const settings = await exportSettings(db, options);
    cli.say(settings, (HEADER + stringify(settings, { lineWidth: 0 })).trimEnd());
  });
}

/** Makes the channels that the file names be as it says; channels that it doesn't name stay as they are. */
export async function importVerb(cli: Cli, file: string, options: { dryRun?: true }): Promise<void> {
  const wanted = readFile(file, cli);
  await cli.withDb(async ({ db }) => {
    const plan = await planImport(db, wanted);
    const lines = plan.flatMap(({ channel, changes }) => changes.map((change) => `${channel}: ${change}`));
    if (!options.dryRun) await applyImport(db, wanted, cli.now());
    const done = options.dryRun ? 'Nothing was changed (--dry-run).' : 'Done.';
    cli.say({ changed: !options.dryRun && lines.length > 0, changes: plan }, [...(lines.length ? lines : ['No difference.']), ...(lines.length ? [done] : [])].join('\n'));
  });
}

function readFile(file: string, cli: Cli): Transfer {
  try {
    return readTransfer(parse(readFileSync(file === '-' ? 0 : file, 'utf8')), cli.config);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} can’t be read: ${wordsOf(error)}`);
  }
}
