// How search keeps up with the size of the table:
// `npm run bench:scale -- --papers FILE.jsonl.gz [--sizes 60000,1000000] [--embedded 100000] [--postgres URL] [--keep]`.
// A million papers take a quarter of an hour to take in: `--keep` leaves the databases, and a later run measures them as they are.
import { parseArgs } from 'node:util';
import { existsSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { rowsOf, type Db } from '../src/db/connect.ts';
import { searchPapers } from '../src/db/search/index.ts';
import { openBenchDb, openCold, type BenchDb } from './database.ts';
import { measure } from './latency.ts';
import { take } from './load.ts';
import { machine } from './machine.ts';
import { mean, percentile, round, spread, table } from './numbers.ts';
import { startBot } from './process.ts';
import { drawSearches } from './questions.ts';
import { shareOfBest } from './scale/exact.ts';
import { resample } from './scale/resample.ts';

const { values } = parseArgs({
  options: { papers: { type: 'string' }, postgres: { type: 'string' }, sizes: { type: 'string', default: '60000,1000000' }, embedded: { type: 'string', default: '100000' }, keep: { type: 'boolean', default: false } },
});
const file = values.papers;
if (!file || !existsSync(file) || !existsSync('dist/bin/paperround.js')) {
  console.error('usage: npm run bench:scale -- --papers FILE.jsonl.gz [--sizes 60000,1000000] [--embedded 100000] [--postgres postgres://…] [--keep]; dist/ must be built: npm run prepare');
  process.exit(2);
}
/** Papers that come while questions are asked. */
const MEANWHILE = 4_000;
/** Every so manyth question of a kind is held against the exact answer. */
const HELD = 10;

const kinds = await drawSearches(file);
const keywords = kinds.get('1-3 words')!;
const ask = (db: Db) => (text: string) => searchPapers(db, { text, limit: 10 }, new Date());

const embedded = Number(values.embedded);
if (embedded > 0) await benchSize('embedded', undefined, embedded);
const p95: Map<string, number>[] = [];
if (values.postgres) for (const size of values.sizes.split(',').map(Number)) p95.push(await benchSize('Postgres', values.postgres, size));
if (p95.length > 1) printGrowth(p95[0]!, p95.at(-1)!);

async function benchSize(name: string, url: string | undefined, size: number): Promise<Map<string, number>> {
  const opened = await openBenchDb(url, values.keep && url ? `paperround_bench_scale_${size}` : undefined);
  try {
    console.log(`\n## ${name}, ${size.toLocaleString('en-US')} papers: ${await machine(opened.db)}\n`);
    if (opened.isNew) {
      const { papers, seconds } = await take(opened.db, resample(file!, size));
      console.log(`Taken in: ${papers} papers in ${seconds.toFixed(0)} s, ${Math.round(papers / seconds)} a second.`);
      await opened.db.execute(sql`vacuum analyze`);
    }
    console.log(await sizesOf(opened.db));
    for (const texts of kinds.values()) for (const text of texts) await ask(opened.db)(text);
    const rows = [['search for', 'p50 / p95 / p99 ms', 'longest stall ms', 'of the exact best 10']];
    const measured = new Map<string, number>();
    for (const [kind, texts] of kinds) {
      const { ms, stall } = await measure(texts, ask(opened.db));
      measured.set(kind, percentile(ms, 0.95));
      rows.push([kind, spread(ms), round(stall), await shareFound(opened.db, kind, texts)]);
    }
    if (url) rows.push(['1-3 words, four clients', spread(await fourClients(opened.db)), '', '']);
    rows.push(['1-3 words, while papers come in', spread(await whileTakingIn(opened.db, size)), '', '']);
    await opened.close();
    if (url) rows.push(await coldRow(opened, url));
    console.log(`\n${table(rows)}`);
    const { idle } = await startBot(opened.env, { settle: true });
    console.log(`\nThe bot idles with ${idle === undefined ? 'an unknown amount of memory' : `${Math.round(idle)} MB`}.`);
    return measured;
  } finally {
    await opened.close().catch(() => {});
    await opened.remove();
  }
}

async function sizesOf(db: Db): Promise<string> {
  const [row] = await rowsOf<Record<'docs' | 'keys' | 'terms', string>>(
    db,
    sql`select pg_size_pretty(pg_total_relation_size('search_docs')) as docs, pg_size_pretty(pg_relation_size('search_docs_keys')) as keys,
        pg_size_pretty(pg_total_relation_size('search_terms')) as terms`,
  );
  return `Index: ${row!.docs} (of it ${row!.keys} keys), stems ${row!.terms}.`;
}

async function shareFound(db: Db, kind: string, texts: string[]): Promise<string> {
  if (kind !== 'one common word' && kind !== 'two common words') return '';
  const shares: number[] = [];
  for (const text of texts.filter((_, i) => i % HELD === 0)) shares.push(await shareOfBest(db, text));
  return `${(100 * mean(shares)).toFixed(1)} % (n ${shares.length})`;
}

async function fourClients(db: Db): Promise<number[]> {
  const all = await Promise.all([0, 1, 2, 3].map(async (n) => (await measure(keywords.filter((_, i) => i % 4 === n), ask(db))).ms));
  return all.flat();
}

async function whileTakingIn(db: Db, size: number): Promise<number[]> {
  let coming = true;
  const taken = take(db, resample(file!, MEANWHILE, Math.max(size, 100_000) + 1)).finally(() => (coming = false));
  const ms: number[] = [];
  for (let i = 0; coming; i++) ms.push(...(await measure([keywords[i % keywords.length]!], ask(db))).ms);
  await taken;
  return ms;
}

async function coldRow(opened: BenchDb, url: string): Promise<string[]> {
  const copy = await openCold(url, opened);
  try {
    const { ms, stall } = await measure(keywords, ask(copy.db));
    return [`1-3 words, cold (${copy.emptied ? 'from the disk' : 'the system’s cache may have it'})`, spread(ms), round(stall), ''];
  } finally {
    await copy.close();
    await copy.remove();
  }
}

function printGrowth(small: Map<string, number>, large: Map<string, number>): void {
  const rows = [...small].map(([kind, ms]) => [kind, `${round(ms)} → ${round(large.get(kind)!)}`, `${(large.get(kind)! / ms).toFixed(1)} ×`]);
  console.log(`\n## Growth of p95 from the smallest to the largest\n\n${table([['search for', 'p95 ms', 'growth (target below 4)'], ...rows])}`);
}
