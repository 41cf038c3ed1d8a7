// What the README's numbers come from: `npm run bench -- --papers FILE.jsonl.gz [--postgres URL]`.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Db } from '../src/db/connect.ts';
import { openBenchDb } from './database.ts';
import { load } from './load.ts';
import { measure, measureAnswers } from './latency.ts';
import { machine } from './machine.ts';
import { round, spread, table } from './numbers.ts';
import { addTextSearch, TEXT_SEARCHES } from './peers.ts';
import { startBot } from './process.ts';
import { drawQuestions } from './questions.ts';

const { values } = parseArgs({ options: { papers: { type: 'string' }, postgres: { type: 'string' } } });
const file = values.papers;
if (!file || !existsSync(file) || !existsSync('dist/bin/paperround.js')) {
  console.error(
    file && existsSync(file)
      ? 'dist/ is not built: npm run prepare'
      : `${file ? `there is no ${file}\n` : ''}usage: npm run bench -- --papers FILE.jsonl.gz [--postgres postgres://…]`,
  );
  process.exit(2);
}
const questions = await drawQuestions(file);
await benchStart();
await benchDatabase('embedded', undefined, { idle: 250 });
if (values.postgres) await benchDatabase('Postgres', values.postgres, { idle: 150, ingest: 2_000 });
else console.log('\nPostgres: left out, since no --postgres URL was given.');

async function benchStart(): Promise<void> {
  const opened = await openBenchDb(undefined);
  console.log(`${await machine(opened.db)}\n`);
  // A first start finds no folder at all.
  await opened.close();
  await opened.remove();
  const first = await startBot(opened.env, { settle: false });
  const second = await startBot(opened.env, { settle: true });
  await opened.remove();
  console.log(`First roundup after ${first.seconds.toFixed(1)} s on the first start (target 10), ${second.seconds.toFixed(1)} s on the second (3).`);
  console.log(`Idle with the shipped papers, embedded: ${megabytes(second.idle)} (target 250).`);
}

async function benchDatabase(name: string, url: string | undefined, target: { idle: number; ingest?: number }): Promise<void> {
  const opened = await openBenchDb(url);
  try {
    console.log(`\n## ${name}: ${await machine(opened.db)}\n`);
    const { papers, seconds } = await load(opened.db, file!);
    const goal = target.ingest ? ` (target ${target.ingest})` : '';
    console.log(`Taken in: ${papers} papers in ${seconds.toFixed(1)} s, ${Math.round(papers / seconds)} a second${goal}.`);
    const rows = [['/paper …', 'p50 / p95 / p99 ms (target p95 50)', 'longest stall ms']];
    for (const [kind, latency] of await measureAnswers(opened, questions)) rows.push([kind, spread(latency.ms), round(latency.stall)]);
    if (url) await addPeers(opened.db, rows);
    console.log(`\n${table(rows)}`);
    // The embedded database belongs to one process at a time.
    await opened.close();
    const { idle } = await startBot(opened.env, { settle: true });
    console.log(`\nIdle with these papers: ${megabytes(idle)} (target ${target.idle}).`);
  } finally {
    await opened.close().catch(() => {});
    await opened.remove();
  }
}

// The same questions, put to the text search of the same Postgres: without rendering, so that it has the advantage.
async function addPeers(db: Db, rows: string[][]): Promise<void> {
  await addTextSearch(db);
  const asked = Object.entries(questions).filter(([kind]) => !['arXiv ids', 'papers like one'].includes(kind)) as [string, string[]][];
  for (const peer of TEXT_SEARCHES) {
    for (const [kind, texts] of asked) {
      const { ms, stall } = await measure(texts, (text) => peer.search(db, text));
      rows.push([`${kind}: ${peer.name}`, spread(ms), round(stall)]);
    }
  }
}

function megabytes(memory: number | undefined): string {
  return memory === undefined ? 'not known on this system' : `${Math.round(memory)} MB`;
}
