// How long it takes until every channel has its roundup: `npm run bench:delivery -- [--channels 10000] [--only slack|discord|tick] [--postgres URL]`.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { rowsOf } from '../src/db/connect.ts';
import { openBenchDb } from './database.ts';
import { runBot } from './delivery/bot.ts';
import { fillChannels, fillPapers } from './delivery/fill.ts';
import { openDiscord, openSlack, type Place } from './delivery/platforms.ts';
import { benchTick } from './delivery/tick.ts';
import { machine } from './machine.ts';
import { percentile, round, spread, table } from './numbers.ts';

const { values } = parseArgs({ options: { channels: { type: 'string', default: '10000' }, only: { type: 'string' }, postgres: { type: 'string' } } });
const channels = Number(values.channels);
if (!Number.isInteger(channels) || channels < 1 || !existsSync('dist/bin/paperround.js')) {
  console.error(existsSync('dist/bin/paperround.js') ? 'usage: npm run bench:delivery -- [--channels 10000] [--only slack|discord|tick] [--postgres postgres://…]' : 'dist/ is not built: npm run prepare');
  process.exit(2);
}
/** Somebody asks this often during the fan-out, in words that find something. */
const ASK_EVERY_MS = 500;
const WORDS = ['attention', 'language models', 'diffusion', 'video generation', 'robot manipulation', 'reasoning', 'speech', 'benchmark for agents'];
/** Below Discord's 50: what all requests of the token are paced at. */
const PER_SECOND = 45;

const first = await openBenchDb(values.postgres);
console.log(`${await machine(first.db)}\n`);
await first.close();
await first.remove();
const wanted = (name: string) => values.only === undefined || values.only === name;
if (wanted('tick')) await benchTicks();
if (wanted('slack')) await benchFanOut('Slack', 'slack', openSlack);
if (wanted('discord')) await benchFanOut('Discord', 'discord', openDiscord);

async function benchTicks(): Promise<void> {
  const rows = [['due channels', 'roundups', 'the tick', 'each', 'memory', 'the next tick, nothing due']];
  for (const count of [Math.ceil(channels / 10), channels, 10 * channels]) rows.push(await benchTick(values.postgres, count));
  console.log(`## The due tick\n\n${table(rows)}\n`);
}

async function benchFanOut(title: string, platform: string, open: (channels: number) => Promise<Place>): Promise<void> {
  const place = await open(channels);
  const opened = await openBenchDb(values.postgres);
  await fillPapers(opened.db);
  await fillChannels(opened.db, platform, place.workspace, place.firstId, channels, new Date());
  // The embedded database belongs to one process at a time.
  if (!values.postgres) await opened.close();
  const bot = runBot({ ...opened.env, ...place.env });
  try {
    await bot.ready;
    const before = place.gate.came.length;
    const latencies = await untilQuiet(place);
    const came = place.gate.came.slice(before);
    const seconds = (came.at(-1)! - came[0]!) / 1_000;
    const idle = await askFor(place, 40);
    const memory = bot.peak();
    const counted = values.postgres ? await countOutbox(opened.db) : undefined;
    console.log(`## ${title}: ${channels} channels due at the same minute\n`);
    console.log(`Messages: ${place.posted()} in ${came.length} requests, all within ${seconds.toFixed(1)} s: ${(came.length / seconds).toFixed(1)} requests a second.`);
    if (platform === 'discord') console.log(`Against ${came.length} requests ÷ ${PER_SECOND}/s = ${(came.length / PER_SECOND).toFixed(1)} s: ${((seconds * PER_SECOND) / came.length).toFixed(3)} × (target 1.05).`);
    console.log(`Answers 429: ${place.gate.refused()} (target 0).`);
    console.log(`/paper … meanwhile, ms at p50 / p95 / p99: ${spread(latencies)} (${latencies.length} answers); when it was over: ${spread(idle)}; p95 ${round(percentile(latencies, 0.95) / percentile(idle, 0.95))} ×.`);
    console.log(`Memory of the bot, at most: ${memory === undefined ? 'not known here' : `${Math.round(memory)} MB`}.`);
    if (counted) console.log(`Ledger: ${counted}.`);
    for (const line of bot.complaints) console.log(`The bot said: ${line}`);
    console.log();
  } finally {
    await bot.stop();
    await place.stop();
    await opened.close().catch(() => {});
    await opened.remove();
  }
}

/** Asks until no message has come for a while; the milliseconds of each answer. */
async function untilQuiet(place: Place): Promise<number[]> {
  const latencies: number[] = [];
  for (let seen = -1, quietSince = performance.now(); performance.now() - quietSince < 20_000; ) {
    const began = performance.now();
    // What is asked while nothing is being sent doesn't count.
    const took = await place.ask(WORDS[latencies.length % WORDS.length]!);
    const now = place.gate.came.length;
    if (now !== seen) {
      quietSince = performance.now();
      if (seen > 0) latencies.push(took);
    }
    seen = now;
    await sleep(Math.max(0, ASK_EVERY_MS - (performance.now() - began)));
  }
  return latencies;
}

async function askFor(place: Place, times: number): Promise<number[]> {
  const latencies: number[] = [];
  for (let i = 0; i < times; i++) latencies.push(await place.ask(WORDS[i % WORDS.length]!));
  return latencies;
}

async function countOutbox(db: Awaited<ReturnType<typeof openBenchDb>>['db']): Promise<string> {
  const rows = await rowsOf<{ status: string; n: number }>(db, sql`select status, count(*)::int as n from outbox group by 1 order by 1`);
  return rows.map(({ status, n }) => `${n} ${status}`).join(', ');
}
