// How good the search is: `npm run bench:search -- FOLDER [--postgres URL] [--only NAME] [--engine NAME]`, text alone,
// beside what one would pick instead, over the same papers in the same run.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Db } from '../src/db/connect.ts';
import { searchPapers } from '../src/db/search/index.ts';
import { ndcg10, readCollections, recall100, type Collection } from './collection.ts';
import { openBenchDb } from './database.ts';
import { ENGINES, type Find, type Text } from './engines.ts';
import { load, readIds } from './load.ts';
import { machine } from './machine.ts';
import { mean, percentile, round, table } from './numbers.ts';
import { addTextSearch, TEXT_SEARCHES } from './peers.ts';

const OURS = 'paperround';
const NAMES = [OURS, ...TEXT_SEARCHES.map(({ name }) => name), ...ENGINES.map(({ name }) => name)];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { postgres: { type: 'string' }, only: { type: 'string', multiple: true }, engine: { type: 'string', multiple: true } },
});
if (positionals.length !== 1 || values.engine?.some((name) => !NAMES.includes(name))) {
  console.error(`usage: npm run bench:search -- FOLDER [--postgres postgres://…] [--only COLLECTION]… [--engine NAME]…\nengines: ${NAMES.join('; ')}`);
  process.exit(2);
}
const isWanted = ({ name }: { name: string }) => values.engine?.includes(name) ?? true;
const collections = readCollections(positionals[0]!, values.only ?? []);
const rows = [['collection', 'engine', 'nDCG@10', 'Recall@100', 'p50 ms', 'p95 ms', 'empty']];
let described = '';
for (const collection of collections) {
  const opened = await openBenchDb(values.postgres);
  try {
    described ||= await machine(opened.db);
    await load(opened.db, collection.file);
    for await (const { name, find } of openEngines(opened.db, collection)) rows.push([collection.name, name, ...(await measure(find, collection))]);
  } finally {
    await opened.close();
    await opened.remove();
  }
}
console.log(`${described}\n\n${table(rows)}`);

async function* openEngines(db: Db, collection: Collection): AsyncGenerator<{ name: string; find: Find }> {
  const ids = await readIds(db);
  const named = (found: number[]) => found.map((id) => ids.get(id)!);
  const ours = async (text: string) => named((await searchPapers(db, { text, limit: 100, prior: false }, new Date())).hits.map((hit) => hit.paperId));
  if (isWanted({ name: OURS })) yield { name: OURS, find: ours };
  const inSql = TEXT_SEARCHES.filter(isWanted);
  if (inSql.length > 0) await addTextSearch(db);
  for (const { name, search } of inSql) yield { name, find: async (text) => named(await search(db, text)) };
  for (const engine of ENGINES.filter(isWanted)) yield { name: engine.name, find: await engine.build(readTexts(collection.file)) };
}

function readTexts(file: string): Text[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim());
  return lines.map((line) => ({ title: '', abstract: '', ...(JSON.parse(line) as Partial<Text> & { id: string }) }));
}

async function measure(find: Find, collection: Collection): Promise<string[]> {
  const found: { ndcg: number; recall: number; ms: number; empty: boolean }[] = [];
  for (const query of collection.queries) {
    const started = performance.now();
    const hits = await find(query.text);
    const ms = performance.now() - started;
    const relevant = collection.relevant.get(query.id)!;
    found.push({ ndcg: ndcg10(hits, relevant), recall: recall100(hits, relevant), ms, empty: hits.length === 0 });
  }
  const times = found.map((one) => one.ms);
  return [
    mean(found.map((one) => one.ndcg)).toFixed(3), mean(found.map((one) => one.recall)).toFixed(3),
    round(percentile(times, 0.5)), round(percentile(times, 0.95)), String(found.filter((one) => one.empty).length),
  ]; // prettier-ignore
}
