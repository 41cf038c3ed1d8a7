#!/usr/bin/env node
// The command line. With src/bin/verbs, the only place that reads the environment, arguments and signals.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ConfigError, UserError, wordsOf } from '../core/errors.ts';
import { LAYOUTS } from '../core/layout.ts';
import { isDate } from '../core/schedule.ts';
import { VERSION } from '../version.ts';
import { makeCli, type Cli } from './cli.ts';
import type { IngestOptions } from './verbs/ingest.ts';
import type { RoundupOptions } from './verbs/roundup.ts';
import type { SearchOptions } from './verbs/search.ts';

const program = new Command('paperround')
  .description('A daily roundup of trending papers in your Slack and Discord channels, and /paper to look one up.')
  .version(VERSION)
  .showHelpAfterError('(paperround --help lists what there is)')
  .configureHelp({ sortSubcommands: false })
  .addHelpText('after', '\nExit status: 0 done, 1 failed, 2 the words were wrong. Settings: config/env.example, config/paperround.yaml.')
  .exitOverride();

verb('start', 'Run the bot: the terminal, and Slack and Discord where their tokens are set').action(
  act(async (cli) => (await import('./verbs/start.ts')).start(cli)),
);

verb('ingest', 'Take papers in from the sources, or from a file')
  .addOption(new Option('--source <name>', 'where from').choices(['huggingface', 'arxiv', 'page', 'jsonl']))
  .option('--date <day>', 'the day to read, YYYY-MM-DD', day)
  .option('--from <day>', 'the first day to read', day)
  .option('--to <day>', 'the last day to read', day)
  .option('--file <path>', 'the file to read, for page and jsonl (.gz is unpacked; - is standard input)')
  .action(act<IngestOptions>(async (cli, options) => (await import('./verbs/ingest.ts')).ingestVerb(cli, options)));

verb('search', 'Search the table of papers')
  .argument('[query...]', 'words')
  .option('--limit <n>', 'how many', whole, 10)
  .option('--since <day>', 'published on or after this day', day)
  .option('--no-prior', 'text relevance alone, without age and votes')
  .option('--queries <file>', 'a JSONL file of {id, text}: answers a line for each (- is standard input)')
  .action(act<SearchOptions>(async (cli, options, words) => (await import('./verbs/search.ts')).search(cli, words, options)));

verb('roundup', 'Print the roundup that would be posted')
  .option('--date <day>', 'as of the end of this day', day)
  .option('--topic <topic>', 'a topic, may be given several times', (topic: string, topics: string[]) => [...topics, topic], [])
  .option('--limit <n>', 'how many papers', whole)
  .addOption(new Option('--platform <name>', 'how it would look there').choices(['terminal', 'slack', 'discord', 'email', 'slack-webhook', 'discord-webhook']).default('terminal'))
  .addOption(new Option('--layout <layout>', 'how it is laid out').choices(LAYOUTS).default('compact'))
  .action(act<RoundupOptions>(async (cli, options) => (await import('./verbs/roundup.ts')).roundup(cli, options)));

verb('preview', 'Print the exact payloads of an answer')
  .argument('<platform>', 'terminal, slack, discord or email')
  .argument('<command...>', 'such as "/paper attention"')
  .action(act(async (cli, _options, [platform, ...words]) => (await import('./verbs/roundup.ts')).preview(cli, platform!, words.join(' '))));

verb('manifest', 'Print the manifest of the Slack app')
  .argument('<platform>', 'slack')
  .option('--url <address>', 'the public address, for HTTP instead of Socket Mode')
  .action(act<{ url?: string }>(async (cli, options, [platform]) => (await import('./verbs/manifest.ts')).manifest(cli, platform!, options)));

verb('doctor', 'Check configuration, database, tokens, scopes, clock and sources')
  .option('--offline', 'leave out what needs the network')
  .action(act<{ offline?: true }>(async (cli, options) => (await import('./verbs/doctor.ts')).doctor(cli, options)));

verb('export', 'Write channels, subscriptions and topics as YAML')
  .option('--people', 'also people’s own digests, and what they saved, voted, noted and read, and who gets mail: for moving the bot, not for others to see')
  .action(act<{ people?: true }>(async (cli, options) => (await import('./verbs/transfer.ts')).exportVerb(cli, options)));

verb('import', 'Read channels, subscriptions and topics from YAML')
  .argument('<file>', 'what export wrote (- is standard input)')
  .option('--dry-run', 'show the difference, change nothing')
  .action(act<{ dryRun?: true }>(async (cli, options, [file]) => (await import('./verbs/transfer.ts')).importVerb(cli, file!, options)));

verb('webhook', 'Post roundups to webhooks of Slack and Discord: add (the address on standard input), list, remove')
  .argument('<what>', 'add, list or remove')
  .argument('[words...]', 'for add topics and schedule, such as: nlp at 9 weekdays top 5; for remove its id')
  .action(act(async (cli, _options, [what, ...words]) => (await import('./verbs/webhook.ts')).webhook(cli, what!, words)));

verb('email', 'Addresses that their mail server refused: paused (which, and why), resume')
  .argument('<what>', 'paused or resume')
  .argument('[which...]', 'for resume their numbers, or all')
  .action(act(async (cli, _options, [what, ...which]) => (await import('./verbs/email.ts')).email(cli, what!, which)));

verb('backup', 'Write the embedded database into one file')
  .argument('[file]', 'where to; default: the backups folder')
  .action(act(async (cli, _options, [file]) => (await import('./verbs/backup.ts')).backup(cli, file)));

verb('restore', 'Put a backup in the place of the embedded database; the present one is set aside')
  .argument('<file>', 'what backup wrote')
  .action(act(async (cli, _options, [file]) => (await import('./verbs/backup.ts')).restore(cli, file!)));

function verb(name: string, summary: string): Command {
  return program.command(name).description(summary).option('--json', 'for machines: JSON on standard output').exitOverride();
}

// Commander has read and checked the options; their types are those of the verb.
function act<Options extends object>(run: (cli: Cli, options: Options, words: string[]) => Promise<void>) {
  return async (...given: unknown[]): Promise<void> => {
    const command = given.at(-1) as Command;
    const options = command.opts<Options & { json?: true }>();
    await run(makeCli(process, options.json === true), options, command.args);
  };
}

function day(text: string): string {
  if (!isDate(text)) throw new InvalidArgumentError('It must be a day such as 2026-07-27.');
  return text;
}

function whole(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1 || n > 10_000) throw new InvalidArgumentError('It must be a whole number from 1 to 10000.');
  return n;
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCode(error);
}

function exitCode(error: unknown): number {
  // Commander has said it already; help and version are no failures.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const lines = error instanceof ConfigError ? error.problems : [wordsOf(error)];
  process.stderr.write(`${lines.map((line) => `paperround: ${line}`).join('\n')}\n`);
  return error instanceof UserError ? 2 : 1;
}
