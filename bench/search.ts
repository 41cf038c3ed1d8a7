// How good the search is: `npm run bench:search -- FOLDER [--postgres URL] [--only NAME]`, text alone, beside Postgres' own.
import { parseArgs } from 'node:util';
import type { Db } from '../src/db/connect.ts';
import { searchPapers } from '../src/db/search/index.ts';
import { ndcg10, readCollections, recall100, type Collection } from './collection.ts';
import { openBenchDb } from './database.ts';
import { load, readIds } from './load.ts';
import { machine } from './machine.ts';
import { mean, percentile, round, table } from './numbers.ts';
import { addTextSearch, TEXT_SEARCHES } from './peers.ts';

type Engine = { name: string; search(db: Db, text: string): Promise<number[]> };

const paperround: Engine = {
  name: 'paperround',
  search: async (db, text) => {
    const answer = await searchPapers(db, { text, limit: 100, prior: false }, new Date());
    return answer.hits.map((hit) => hit.paperId);
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { postgres: { type: 'string' }, only: { type: 'string', multiple: true } },
});
if (positionals.length !== 1) {
  console.error('usage: npm run bench:search -- FOLDER [--postgres postgres://…] [--only NAME]…');
  process.exit(2);
}
const collections = readCollections(positionals[0]!, values.only ?? []);
const rows = [['collection', 'engine', 'nDCG@10', 'Recall@100', 'p50 ms', 'p95 ms', 'empty']];
let described = '';
for (const collection of collections) {
  const opened = await openBenchDb(values.postgres);
  try {
    described ||= await machine(opened.db);
    await load(opened.db, collection.file);
    await addTextSearch(opened.db);
    const ids = await readIds(opened.db);
    for (const engine of [paperround, ...TEXT_SEARCHES]) rows.push(await measure(engine, opened.db, collection, ids));
  } finally {
    await opened.close();
    await opened.remove();
  }
}
console.log(`${described}\n\n${table(rows)}`);

async function measure(engine: Engine, db: Db, collection: Collection, ids: Map<number, string>): Promise<string[]> {
  const found: { ndcg: number; recall: number; ms: number; empty: boolean }[] = [];
  for (const query of collection.queries) {
    const started = performance.now();
    const hits = (await engine.search(db, query.text)).map((id) => ids.get(id)!);
    const ms = performance.now() - started;
    const relevant = collection.relevant.get(query.id)!;
    found.push({ ndcg: ndcg10(hits, relevant), recall: recall100(hits, relevant), ms, empty: hits.length === 0 });
  }
  const times = found.map((one) => one.ms);
  return [
    collection.name, engine.name, mean(found.map((one) => one.ndcg)).toFixed(3), mean(found.map((one) => one.recall)).toFixed(3),
    round(percentile(times, 0.5)), round(percentile(times, 0.95)), String(found.filter((one) => one.empty).length),
  ]; // prettier-ignore
}
