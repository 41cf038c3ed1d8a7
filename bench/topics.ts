// How fast topics are: `npm run bench:topics -- --papers FILE.jsonl.gz [--postgres URL]`. A day's papers against the topics
// of many channels, and the forecast of one topic, with the whole file in the table.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { parseTopic } from '../src/core/topic.ts';
import { dayStarts } from '../src/core/days.ts';
import { findExclusion } from '../src/db/forecast-exclusion.ts';
import { forecast } from '../src/db/forecast.ts';
import { listCandidates, type Candidate } from '../src/db/candidates.ts';
import type { Db } from '../src/db/connect.ts';
import { rowsOf } from '../src/db/connect.ts';
import { topicSql } from '../src/db/topic-sql.ts';
import { readCandidates } from '../src/delivery/candidates.ts';
import { openBenchDb } from './database.ts';
import { load } from './load.ts';
import { machine } from './machine.ts';
import { percentile, round, spread, table } from './numbers.ts';
import { drawOne, drawTopics, kindsOf } from './topics/draw.ts';

const CHANNELS = 10_000;
const TOPICS_EACH = 3;
const A_DAY = 1_000;
/** Topics that are also matched in SQL: the others would take as long each. */
const IN_SQL = 200;
const FORECASTS_OF_A_KIND = 20;
const NOW = new Date('2026-07-27T09:00:00Z');
const DAY_MS = 86_400_000;

const { values } = parseArgs({ options: { papers: { type: 'string' }, postgres: { type: 'string' } } });
if (!values.papers || !existsSync(values.papers)) {
  console.error(`${values.papers ? `there is no ${values.papers}\n` : ''}usage: npm run bench:topics -- --papers FILE.jsonl.gz [--postgres postgres://…]`);
  process.exit(2);
}
await bench('embedded', undefined);
if (values.postgres) await bench('Postgres', values.postgres);
else console.log('\nPostgres: left out, since no --postgres URL was given.');

async function bench(name: string, url: string | undefined): Promise<void> {
  const opened = await openBenchDb(url);
  try {
    console.log(`\n## ${name}: ${await machine(opened.db)}\n`);
    await load(opened.db, values.papers!);
    await listDaily(opened.db);
    await benchMatching(opened.db);
    await benchForecast(opened.db);
  } finally {
    await opened.close();
    await opened.remove();
  }
}

/** The papers as if a thousand had been listed each day, the newest today. */
async function listDaily(db: Db): Promise<void> {
  await db.execute(sql`
    update papers set listed_at = ${NOW.toISOString()}::timestamptz - interval '3 hours' - (back / ${A_DAY}::int) * interval '1 day'
    from (select id as paper, row_number() over (order by published_on desc nulls last, id desc) - 1 as back from papers) as place where paper = id`);
  await db.execute(sql`vacuum full papers`);
  await db.execute(sql`vacuum analyze papers`);
}

async function benchMatching(db: Db): Promise<void> {
  const since = new Date(NOW.getTime() - DAY_MS);
  const papers = (await listCandidates(db, since, NOW)).map(({ paper }) => paper);
  const followed = drawTopics(kindsOf(papers, 1), CHANNELS * TOPICS_EACH, 2);
  const usage = process.cpuUsage();
  const began = performance.now();
  const candidates = await readCandidates(db)(since, NOW, 'day');
  const ranked = candidates.ranked(new Map(), new Map());
  const read = performance.now();
  let matched = 0;
  for (let channel = 0; channel < CHANNELS; channel++) {
    const isOf = candidates.ofAny(followed.slice(channel * TOPICS_EACH, (channel + 1) * TOPICS_EACH));
    for (const { place } of ranked) if (isOf(place)) matched++;
  }
  const done = performance.now();
  const processor = processorMs(usage);
  const different = new Set(followed).size;
  console.log(`${ranked.length} papers against ${CHANNELS} channels with ${followed.length} topics, ${different} of them different: ${seconds(done - began)} s (target 2), of which`);
  console.log(`reading the papers ${seconds(read - began)} s; of the processor it took ${seconds(processor)} s. Papers of a channel: ${Math.round(matched / CHANNELS)} on average.`);
  await compareWithSql(db, [...new Set(followed)].slice(0, IN_SQL), ranked.map(({ candidate }) => candidate), (query) => candidates.ofTopic(query), different, since);
}

async function compareWithSql(db: Db, queries: string[], papers: Candidate[], ofTopic: (query: string) => (place: number) => boolean, different: number, since: Date): Promise<void> {
  const listed = sql`p.listed_at > ${since.toISOString()} and p.listed_at <= ${NOW.toISOString()} and not p.withdrawn`;
  let unlike = 0;
  const began = performance.now();
  for (const query of queries) {
    const condition = await topicSql(db, parseTopic(query).root, listed);
    const rows = await rowsOf<{ id: string | number }>(db, sql`select p.id from papers p join search_docs d on d.paper_id = p.id where ${listed} and ${condition}`);
    const inSql = new Set(rows.map(({ id }) => Number(id)));
    const isOf = ofTopic(query);
    if (papers.some((candidate, place) => isOf(place) !== inSql.has(candidate.paper.id))) unlike++;
  }
  const each = (performance.now() - began) / queries.length;
  console.log(`In SQL, one query a topic: ${round(each)} ms each, so ${seconds(each * different)} s for all of them; of ${queries.length}, ${unlike} found other papers.\n`);
}

async function benchForecast(db: Db): Promise<void> {
  const papers = (await listCandidates(db, new Date(NOW.getTime() - DAY_MS), NOW)).map(({ paper }) => paper);
  const kinds = kindsOf(papers, 3);
  const others = drawTopics(kinds, TOPICS_EACH, 4).map((query) => parseTopic(query).root);
  const rows = [['forecast of …', 'p50 / p95 / p99 ms (target p95 200)', 'processor ms at p95', 'papers a day']];
  const all: Measured[] = [];
  for (const kind of kinds) {
    const measured: Measured[] = [];
    for (let i = 0; i < FORECASTS_OF_A_KIND; i++) measured.push(await measure(db, drawOne(kind), others));
    rows.push(inRow(kind.name, measured));
    all.push(...measured);
  }
  console.log(table([...rows, inRow('all', all)]));
}

interface Measured {
  ms: number;
  processor: number;
  aDay: number;
}

async function measure(db: Db, query: string, others: ReturnType<typeof parseTopic>['root'][]): Promise<Measured> {
  const { root } = parseTopic(query);
  const usage = process.cpuUsage();
  const began = performance.now();
  const found = await forecast(db, root, others, dayStarts(NOW, 'Europe/Berlin', 30), NOW);
  if (found.papers > 5 * found.days) await findExclusion(db, root, found.some);
  const ms = performance.now() - began;
  return { ms, processor: processorMs(usage), aDay: found.papers / found.days };
}

/** What this process took of the processors since then: on a busy machine, less than what went by. Postgres' own share isn't in it. */
function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function inRow(name: string, measured: Measured[]): string[] {
  const aDay = measured.map((one) => one.aDay);
  return [name, spread(measured.map(({ ms }) => ms)), round(percentile(measured.map(({ processor }) => processor), 0.95)), `${round(percentile(aDay, 0.5))}, at most ${round(Math.max(...aDay))}`];
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(2);
}
