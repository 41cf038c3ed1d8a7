// The main job: the database opens, the terminal shows today's roundup, the platforms connect, the clock ticks.
import { constants } from 'node:os';
import { createApp, type App } from '../../app.ts';
import type { Platform } from '../../core/platform.ts';
import { ConfigError, NotAllowed, wordsOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { count } from '../../core/text.ts';
import { openChannel } from '../../db/channels.ts';
import { databaseTime, followClock, type FollowedClock } from '../../db/clock.ts';
import { openDb, type OpenDb } from '../../db/connect.ts';
import { countPapers } from '../../db/papers.ts';
import { sourceHealth } from '../../db/source-runs.ts';
import { sourceNotes } from '../../delivery/source-notes.ts';
import { todaysRoundup } from '../../delivery/today.ts';
import { ingestSamples } from '../../ingest/samples.ts';
import { TERMINAL_CHANNEL } from '../../platforms/terminal/session.ts';
import { terminalOn } from '../../platforms/terminal/index.ts';
import * as sources from '../../sources/index.ts';
import type { Cli } from '../cli.ts';

/** Handlers and leases get this long to end before the process does. */
const DRAIN_MS = 10_000;

/** Runs until it is signalled, or until the person at the terminal leaves. */
export async function start(cli: Cli): Promise<void> {
  const { process, config, json } = cli;
  const log = await cli.log();
  const leave = whenToStop(cli);
  cli.progress('Opening the database …');
  const opened = await openDb(config.database);
  try {
    await takeSamples(cli, opened);
    const terminal = terminalOn({
      input: process.stdin,
      output: process.stdout,
      json,
      ...(process.env.NO_COLOR ? { colour: false } : {}),
      // A pipe that has ended is no reason to stop; a person who has left is.
      ended: () => (process.stdin.isTTY ? leave.now() : undefined),
      onOpen: (say) => (cli.tell = say),
    });
    const platforms = cli.platforms.map((platform) => (platform.name === 'terminal' ? terminal : platform));
    const onLost = (why: string) => {
      cli.tell(`The connection is lost for good (${why}): ending, so that a supervisor can start afresh.`);
      cli.process.exitCode = 1;
      leave.now();
    };
    const { now, sync } = await clockOf(cli, opened);
    const app = await createApp({ config, opened, log, now, syncClock: sync, platforms, fetch, onLost });
    cli.begun?.(app);
    try {
      await app.connect(terminal);
      await showToday(cli, app, opened);
      await connectAll(cli, app, log);
      const url = await app.listen();
      if (url) log.info({ url }, 'http server listening');
      log.info({ platforms: [...app.adapters.keys()], database: opened.kind }, 'ready');
      app.run();
      void firstTick(cli, app, opened);
      await leave.asked;
      cli.tell('Stopping …');
    } finally {
      await app.stop();
    }
  } finally {
    await opened.close();
  }
}

// Several processes on one Postgres go by its time. An embedded database has this host's; who drives the bot has their own.
async function clockOf(cli: Cli, { db, kind }: OpenDb): Promise<FollowedClock> {
  if (kind === 'embedded' || cli.begun) return { now: cli.now, sync: async () => {} };
  return followClock(() => databaseTime(db), () => performance.now());
}

async function takeSamples(cli: Cli, { db }: OpenDb): Promise<void> {
  if ((await countPapers(db)) > 0) return;
  cli.progress('Taking in the papers that ship with Paperround …');
  const { inserted } = await ingestSamples({ db, sources: Object.values(sources) });
  cli.progress('');
  cli.tell(`${count(inserted, 'paper')} that ship with Paperround taken in.`);
}

async function showToday(cli: Cli, app: App, { db }: OpenDb): Promise<void> {
  const { config, now } = cli;
  const terminal = app.adapters.get('terminal')!;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const channel = await openChannel(db, TERMINAL_CHANNEL, { ...config.channel, zone, createdBy: 'terminal::you' }, now());
  const platform = cli.platforms.find(({ name }) => name === 'terminal')!;
  const today = await todaysRoundup(db, channel, platform, await sourceNotes(db, now(), zone), now());
  cli.progress('');
  if (today === 'queued') await app.send();
  else if (today === 'no papers') cli.tell('There is no paper yet to show.');
  else {
    for (const payload of today.again) {
      await terminal.post({ key: 'again', channel: TERMINAL_CHANNEL, payload, title: '', parent: undefined, firstTriedAt: undefined });
    }
  }
  if (cli.process.stdin.isTTY) cli.tell('Type words to look papers up, /paper help or /roundup help, a number to press a button, quit to leave.');
}

// A platform that can't be reached doesn't keep the others from starting, and is tried again; one that refuses our token
// needs a person, so the start fails.
async function connectAll(cli: Cli, app: App, log: Log): Promise<void> {
  const wanted = cli.platforms.filter(({ name }) => name !== 'terminal' && cli.config.platforms[name]);
  const results = await Promise.allSettled(wanted.map((platform) => app.connect(platform)));
  const refused: string[] = [];
  for (const [i, platform] of wanted.entries()) {
    const result = results[i]!;
    if (result.status === 'fulfilled') cli.tell(`Connected to ${platform.name}.`);
    else if (result.reason instanceof ConfigError || result.reason instanceof NotAllowed) refused.push(`${platform.name}: ${wordsOf(result.reason)}${fixOf(result.reason)}`);
    else connectLater(cli, app, platform, wordsOf(result.reason), log);
  }
  if (refused.length) throw new ConfigError(refused);
}

function connectLater(cli: Cli, app: App, platform: Platform, why: string, log: Log): void {
  log.error({ platform: platform.name, error: why }, 'platform not connected, trying again in a minute');
  cli.tell(`${platform.name} could not be reached (${why}); it is tried again each minute.`);
  const timer = setInterval(() => {
    if (app.stopping()) return clearInterval(timer);
    app.connect(platform).then(
      async () => {
        clearInterval(timer);
        cli.tell(`Connected to ${platform.name}.`);
        // What it is reached by may be open already.
        await app.listen();
      },
      (error: unknown) => log.error({ platform: platform.name, error: wordsOf(error) }, 'platform not connected, trying again in a minute'),
    );
  }, 60_000);
  timer.unref();
}

function fixOf(error: unknown): string {
  return error instanceof NotAllowed ? `. ${error.fix}` : '';
}

// Live papers come in behind the first roundup, which never waits for them.
async function firstTick(cli: Cli, app: App, { db }: OpenDb): Promise<void> {
  const before = await countPapers(db);
  cli.tell(`Reading ${cli.config.sources.join(' and ')} in the background …`);
  await app.tick();
  if (app.stopping()) return;
  const came = (await countPapers(db)) - before;
  const failing = (await sourceHealth(db, cli.now())).filter(({ failingSince }) => failingSince);
  if (came > 0) cli.tell(`${count(came, 'new paper')} came in.`);
  for (const { name, error } of failing) cli.tell(`${name} could not be read, so its papers are as old as the table: ${error}`);
}

/** The first signal asks to stop; a second one, or 10 seconds of waiting, ends the process at once. */
function whenToStop({ process }: Cli): { asked: Promise<void>; now(): void } {
  let resolve: () => void;
  const asked = new Promise<void>((done) => (resolve = done));
  const now = () => {
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    resolve();
  };
  let signals = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      // As a shell counts an end by a signal.
      if (signals++) process.exit(128 + constants.signals[name]);
      now();
    });
  }
  return { asked, now };
}
