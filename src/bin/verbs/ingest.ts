import { ConfigError, UserError, wordsOf } from '../../core/errors.ts';
import type { PaperSource, Window } from '../../core/source.ts';
import { ingest, type IngestResult } from '../../ingest/ingest.ts';
import { openInput } from '../../ingest/input.ts';
import * as sourceList from '../../sources/index.ts';
import type { Cli } from '../cli.ts';

export interface IngestOptions {
  source?: string;
  date?: string;
  from?: string;
  to?: string;
  file?: string;
}

const SHOWN_REJECTIONS = 20;

/** Takes papers in: from one source, or from all live ones. Exits 1 when a source failed. */
export async function ingestVerb(cli: Cli, options: IngestOptions): Promise<void> {
  const sources = chooseSources(cli, options);
  const window = readWindow(options);
  const log = await cli.log();
  const failed: string[] = [];
  await cli.withDb(async ({ db }) => {
    for (const source of sources) {
      try {
        const result = await ingest(source, {
          ...{ db, log, fetch, now: cli.now, env: cli.config.sourceEnv, categories: cli.config.categories, crossLists: cli.config.crossLists },
          ...(window ? { window } : {}),
          ...(options.file ? { input: await openFile(options.file) } : {}),
          onProgress: ({ fetched, inserted, updated }) => cli.progress(`${source.name}: ${fetched} read, ${inserted} new, ${updated} changed`),
        });
        cli.progress('');
        cli.say(sources.length > 1 ? { source: source.name, ...result } : result, inWords(source, result));
      } catch (error) {
        cli.progress('');
        if (error instanceof UserError) throw error;
        failed.push(`${source.name} could not be read: ${wordsOf(error)}`);
      }
    }
  });
  if (failed.length) throw new ConfigError(failed);
}

function chooseSources(cli: Cli, options: IngestOptions): PaperSource[] {
  const all = Object.values(sourceList);
  if (!options.source) {
    if (options.file) throw new UserError('Say what kind of file it is: --source jsonl or --source page.');
    return all.filter(({ kind, name }) => kind === 'live' && cli.config.sources.includes(name));
  }
  const source = all.find(({ name }) => name === options.source)!;
  if (source.kind === 'file' && !options.file) throw new UserError(`--source ${source.name} needs --file.`);
  if (source.kind === 'live' && options.file) throw new UserError(`--source ${source.name} reads the network, not a file.`);
  return [source];
}

function readWindow({ date, from, to }: IngestOptions): Window | undefined {
  if (date && (from || to)) throw new UserError('Give --date, or --from and --to.');
  if (Boolean(from) !== Boolean(to)) throw new UserError('--from and --to go together.');
  if (from && to && from > to) throw new UserError(`--from ${from} is after --to ${to}.`);
  if (date) return { from: date, to: date };
  return from && to ? { from, to } : undefined;
}

async function openFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    return await openInput(path);
  } catch (error) {
    throw new UserError(`${path} can’t be read: ${wordsOf(error)}`);
  }
}

function inWords(source: PaperSource, { fetched, inserted, updated, unchanged, rejected }: IngestResult): string {
  const lines = [`${source.name}: ${fetched} read, ${inserted} new, ${updated} changed, ${unchanged} as they were, ${rejected.length} rejected`];
  for (const { line, id, why } of rejected.slice(0, SHOWN_REJECTIONS)) lines.push(`  ${line ? `line ${line}` : (id ?? 'one')}: ${why}`);
  if (rejected.length > SHOWN_REJECTIONS) lines.push(`  and ${rejected.length - SHOWN_REJECTIONS} more; --json lists all`);
  return lines.join('\n');
}
