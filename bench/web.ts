// How quick the web edition is: `npm run bench:web -- --papers FILE.jsonl.gz [--postgres URL] [--keep]`.
// `--keep` leaves the database on the server, and a later run measures it as it is.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { readConfig } from '../src/config.ts';
import { addDays } from '../src/core/schedule.ts';
import { monthOf, weekOf } from '../src/core/calendar.ts';
import type { Db } from '../src/db/connect.ts';
import { papers as paperTable } from '../src/db/schema.ts';
import { openBenchDb, type BenchDb } from './database.ts';
import { load } from './load.ts';
import { machine } from './machine.ts';
import { round, spread, table } from './numbers.ts';
import { drawQuestions } from './questions.ts';
import { askFor, serve, type Asked } from './web/ask.ts';

const { values } = parseArgs({ options: { papers: { type: 'string' }, postgres: { type: 'string' }, keep: { type: 'boolean', default: false } } });
const file = values.papers;
if (!file || !existsSync(file)) {
  console.error(`${file ? `there is no ${file}\n` : ''}usage: npm run bench:web -- --papers FILE.jsonl.gz [--postgres postgres://…] [--keep]`);
  process.exit(2);
}

const DAYS = 60;
/** Requests of each kind that are counted, after as many that aren't. */
const AMOUNT = 300;
const READERS = 20;
const FLOOD = 20_000;

const opened = await openBenchDb(values.postgres, values.keep && values.postgres ? 'paperround_bench_web' : undefined);
try {
  console.log(`## ${values.postgres ? 'Postgres' : 'embedded'}: ${await machine(opened.db)}\n`);
  if (opened.isNew) await load(opened.db, file);
  await listByDay(opened.db);
  const papers = await opened.db.$count(paperTable);
  console.log(`${papers.toLocaleString('en-US')} papers, 1,000 listed each day of the last ${DAYS}, each twentieth with votes.\n`);
  const pages = await drawPages();
  await opened.close();
  await benchLatency(opened, pages);
  await benchFlood(opened, pages);
} finally {
  await opened.close().catch(() => {});
  await opened.remove();
}

// Each page is made anew for whoever asks: what it costs at the worst.
async function benchLatency({ env }: BenchDb, pages: Map<string, string[]>): Promise<void> {
  const edition = await serve(env, 0);
  const rows = [['made anew, one reader', 'p50 / p95 / p99 ms (target p95 50)', 'KB']];
  try {
    for (const [kind, paths] of pages) {
      await askFor(edition.url, paths, { amount: AMOUNT });
      const asked = await askFor(edition.url, paths, { amount: AMOUNT });
      if (asked.refused) console.error(`${kind}: ${asked.refused} answers were no page`);
      rows.push([kind, spread(asked.ms), round(asked.kilobytes)]);
    }
  } finally {
    await edition.stop();
  }
  console.log(`${table(rows)}\n`);
}

// As it is served: kept for a minute.
async function benchFlood({ env }: BenchDb, pages: Map<string, string[]>): Promise<void> {
  const edition = await serve(env, 60_000);
  try {
    const rows = [[`kept a minute, ${READERS} readers at once`, 'a second', 'p50 / p95 / p99 ms', 'refused']];
    const row = (name: string, { perSecond, ms, refused }: Asked) => rows.push([name, Math.round(perSecond).toLocaleString('en-US'), spread(ms), String(refused)]);
    row('the first page', await askFor(edition.url, ['/'], { amount: FLOOD, connections: READERS }));
    row('all of the pages above in turn', await askFor(edition.url, [...pages.values()].flatMap((paths) => paths.slice(0, 20)), { amount: FLOOD, connections: READERS }));
    row('papers and searches that nobody asked for before', await askFor(edition.url, [...pages.get('/papers/ID')!, ...pages.get('/search?q=2-4 words')!], { amount: 2_000, connections: READERS }));
    console.log(table(rows));
  } finally {
    await edition.stop();
  }
}

/** As if sources had listed them one day after the other, with votes and how they were a day before. */
async function listByDay(db: Db): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  await db.execute(sql`
    update paper_records r set source = 'arxiv', listed_on = ${today}::date - (place / 1000)::int, upvotes = votes, stars = votes * 7
    from (select id, row_number() over (order by id desc) - 1 as place, case when id % 20 = 0 then (id * 2654435761 % 300)::int end as votes from papers) p
    where r.paper_id = p.id and place < ${DAYS * 1_000}::int`);
  await db.execute(sql`update papers p set upvotes = r.upvotes, stars = r.stars, listed_at = r.listed_on from paper_records r where r.paper_id = p.id and r.listed_on is not null`);
  await db.execute(sql`delete from paper_snapshots`);
  await db.execute(sql`
    insert into paper_snapshots (paper_id, source, taken_at, upvotes, stars)
    select paper_id, source, listed_on + n * interval '1 hour', upvotes * n / 48, stars * n / 48 from paper_records, generate_series(1, 46, 5) n where upvotes is not null`);
  await db.execute(sql`update search_docs d set upvotes = p.upvotes from papers p where p.id = d.paper_id and p.upvotes is not null`);
  await db.execute(sql`vacuum analyze`);
}

async function drawPages(): Promise<Map<string, string[]>> {
  const questions = await drawQuestions(file!);
  const today = new Date().toISOString().slice(0, 10);
  const days = Array.from({ length: DAYS - 1 }, (_, n) => addDays(today, -n));
  const topics = readConfig({}, []).topics.map(({ name }) => name);
  const search = (texts: string[]) => texts.map((q) => `/search?${new URLSearchParams({ q }).toString()}`);
  return new Map([
    ['/', ['/']],
    ['/papers/date/D', days.map((on) => `/papers/date/${on}`)],
    ['/papers/week/W', [...new Set(days.map(weekOf))].map((week) => `/papers/week/${week}`)],
    ['/papers/month/M', [...new Set(days.map(monthOf))].map((month) => `/papers/month/${month}`)],
    ['/topics/NAME', topics.map((name) => `/topics/${name}`)],
    ['/papers/ID', questions['arXiv ids'].map((id) => `/papers/${id}`)],
    ['/search?q=attention', search(['attention'])],
    ['/search?q=one common word', search(questions['one common word'])],
    ['/search?q=2-4 words', search(questions['2-4 words'])],
    ['/search?q=a sentence', search(questions.sentences)],
    ['/search?q=… sort:votes', search(questions['2-4 words'].map((text) => `${text} sort:votes`))],
    ['/feed.atom', ['/feed.atom']],
    ['/topics/NAME/feed.rss', topics.map((name) => `/topics/${name}/feed.rss`)],
    ['/search/feed.json?q=2-4 words', questions['2-4 words'].map((q) => `/search/feed.json?${new URLSearchParams({ q }).toString()}`)],
  ]);
}
