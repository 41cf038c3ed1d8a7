// One line for each thing that can be wrong, with what to do about it.
import { sql } from 'drizzle-orm';
import { createApp } from '../../app.ts';
import type { Config } from '../../config.ts';
import { ConfigError, wordsOf } from '../../core/errors.ts';
import { silent } from '../../core/log.ts';
import { count } from '../../core/text.ts';
import { countChannels } from '../../db/channels.ts';
import { rowsOf, type OpenDb } from '../../db/connect.ts';
import { countPapers } from '../../db/papers.ts';
import { sourceHealth } from '../../db/source-runs.ts';
import type { Cli } from '../cli.ts';
import { checkDelivery } from './check-delivery.ts';
import type { Check } from './checks.ts';

const MARKS: Record<Check['state'], string> = { ok: 'ok  ', warning: 'WARN', failed: 'FAIL' };
/** The bot goes by the database's time; but Slack's signatures, and the log, go by this host's. */
const CLOCK_LIMIT_MS = 5_000;

/** Checks everything; exits 1 when something failed. */
export async function doctor(cli: Cli, options: { offline?: true }): Promise<void> {
  const checks: Check[] = [{ what: 'node', state: 'ok', words: process.version }];
  const config = checkConfig(cli, checks);
  if (config) await checkDatabase(cli, config, checks, (opened) => checkLive(cli, config, opened, checks, Boolean(options.offline)));
  cli.say({ ok: checks.every(({ state }) => state !== 'failed'), checks }, checks.map(({ what, state, words }) => `${MARKS[state]}  ${what}: ${words}`).join('\n'));
  if (checks.some(({ state }) => state === 'failed')) cli.process.exitCode = 1;
}

function checkConfig(cli: Cli, checks: Check[]): Config | undefined {
  try {
    const { config } = cli;
    const on = Object.keys(config.platforms).filter((name) => name !== 'terminal');
    checks.push({ what: 'configuration', state: 'ok', words: `${on.length ? `on: ${on.join(', ')}` : 'no platform has a token, so only the terminal is on'}; sources: ${config.sources.join(', ')}` });
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) checks.push({ what: 'configuration', state: 'failed', words: problem });
    return undefined;
  }
}

async function checkDatabase(cli: Cli, config: Config, checks: Check[], then: (opened: OpenDb) => Promise<void>): Promise<void> {
  try {
    await cli.withDb(async (opened) => {
      const papers = await countPapers(opened.db);
      const { running, paused } = await countChannels(opened.db);
      const asked = cli.now();
      const [row] = await rowsOf<{ version: string; at: string; done: number }>(
        opened.db,
        sql`select version() as version, clock_timestamp()::text as at, (select count(*)::int from drizzle.__drizzle_migrations) as done`,
      );
      const version = /PostgreSQL [\d.]+/.exec(row!.version)?.[0] ?? row!.version;
      checks.push({ what: 'database', state: 'ok', words: `${opened.kind}, ${version}; ${count(papers, 'paper')}; ${count(running, 'channel')} running, ${paused} paused` });
      checks.push({ what: 'migrations', state: 'ok', words: `${row!.done} applied, none waiting` });
      checks.push(clockCheck(new Date(row!.at), asked, cli.now()), ...(await checkDelivery(opened.db, config, cli.now())));
      await then(opened);
    });
  } catch (error) {
    checks.push({ what: 'database', state: 'failed', words: `${wordsOf(error)}${hint(error)}` });
    checks.push({ what: 'sources and platforms', state: 'warning', words: 'not checked, since that needs the database' });
  }
}

// The answer was on its way for half of the time that it took, at a guess.
function clockCheck(database: Date, asked: Date, told: Date): Check {
  const ahead = (asked.getTime() + told.getTime()) / 2 - database.getTime();
  const apart = `${(Math.abs(ahead) / 1_000).toFixed(1)} s ${ahead < 0 ? 'behind' : 'ahead of'} the database’s`;
  return Math.abs(ahead) < CLOCK_LIMIT_MS
    ? { what: 'clock', state: 'ok', words: `agrees with the database’s (${apart})` }
    : { what: 'clock', state: 'failed', words: `${apart}: set both hosts’ clocks by NTP` };
}

async function checkLive(cli: Cli, config: Config, opened: OpenDb, checks: Check[], offline: boolean): Promise<void> {
  for (const { name, lastGoodAt, failingSince, error } of await sourceHealth(opened.db, cli.now())) {
    checks.push(
      failingSince
        ? { what: name, state: 'warning', words: `failing since ${failingSince.toISOString()}: ${error ?? 'unknown'}; it is tried again by itself` }
        : { what: name, state: 'ok', words: `last read ${lastGoodAt?.toISOString() ?? 'never'}` },
    );
  }
  const read = new Set((await sourceHealth(opened.db, cli.now())).map(({ name }) => name));
  for (const name of config.sources.filter((one) => !read.has(one))) checks.push({ what: name, state: 'warning', words: 'never read; paperround start reads it, or paperround ingest' });
  if (offline) return;
  const app = await createApp({ config, opened, log: silent, now: cli.now, platforms: cli.platforms, fetch });
  try {
    for (const platform of cli.platforms.filter(({ name }) => name !== 'terminal' && config.platforms[name])) {
      try {
        await app.connect(platform);
        checks.push({ what: platform.name, state: 'ok', words: (await app.adapters.get(platform.name)!.check?.()) ?? 'connected' });
      } catch (error) {
        checks.push({ what: platform.name, state: 'failed', words: wordsOf(error) });
      }
    }
  } finally {
    await app.stop();
  }
}

function hint(error: unknown): string {
  const code = (error as { code?: string }).code ?? (error as { cause?: { code?: string } }).cause?.code;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return '. Check the host and port in DATABASE_URL, and that the server runs';
  if (code === '28P01' || code === '28000') return '. Check the user and password in DATABASE_URL';
  if (code === '3D000') return '. Create the database that DATABASE_URL names: createdb NAME';
  return '';
}
