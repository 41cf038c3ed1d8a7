// How good `/paper similar` is: `npm run bench:similar -- FOLDER [--only NAME] [--even]`, beside TF-IDF as arxiv-sanity-lite has it.
// Two papers are alike when one query of a retrieval benchmark asks for both. Papers of odd ids are asked about;
// --even asks about the others, on which the constants were chosen.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findSimilar } from '../src/db/search/index.ts';
import { ndcg10, readCollections, recall100, type Collection } from './collection.ts';
import { openBenchDb, type BenchDb } from './database.ts';
import { load, readIds } from './load.ts';
import { machine } from './machine.ts';
import { interval, mean, percentile, round, table } from './numbers.ts';
import { makeTfIdf } from './similar-tf-idf.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { postgres: { type: 'string' }, only: { type: 'string', multiple: true }, even: { type: 'boolean' } },
});
if (positionals.length !== 1) {
  console.error('usage: npm run bench:similar -- FOLDER [--postgres postgres://…] [--only NAME]… [--even]');
  process.exit(2);
}
const rows = [['collection', 'papers asked about', 'by', 'nDCG@10', 'Recall@100', 'p50 ms', 'p95 ms']];
let described = '';
for (const collection of readCollections(positionals[0]!, values.only ?? [])) {
  const opened = await openBenchDb(values.postgres);
  try {
    described ||= await machine(opened.db);
    await load(opened.db, collection.file);
    rows.push(...(await measureCollection(collection, opened)));
  } finally {
    await opened.close();
    await opened.remove();
  }
}
console.log(`${described}\n\n${table(rows)}`);

interface Asked {
  ndcg: number[];
  recall: number[];
  ms: number[];
}

async function measureCollection(collection: Collection, { db }: BenchDb): Promise<string[][]> {
  const alike = coRelevant(collection);
  const ids = await readIds(db);
  const rowOf = new Map([...ids].map(([row, id]) => [id, row]));
  // Papers without any text are not taken in.
  const asked = [...alike.keys()].filter((id) => rowOf.has(id) && Number(id) % 2 === (values.even ? 0 : 1));
  const ours = await measure(asked, alike, async (id) => (await findSimilar(db, rowOf.get(id)!, 100)).paperIds.map((row) => ids.get(row)!));
  const corpus = readFileSync(collection.file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<'id' | 'title' | 'abstract', string>);
  const nearest = makeTfIdf(corpus.map(({ title, abstract }) => `${title} ${abstract}`));
  const at = new Map(corpus.map(({ id }, i) => [id, i]));
  const theirs = await measure(asked, alike, async (id) => nearest(at.get(id)!, 100).map((i) => corpus[i]!.id));
  const line = (name: string, { ndcg, recall, ms }: Asked) => [
    collection.name, String(asked.length), name, mean(ndcg).toFixed(3), mean(recall).toFixed(3), round(percentile(ms, 0.5)), round(percentile(ms, 0.95)),
  ]; // prettier-ignore
  const gain = (of: 'ndcg' | 'recall') => interval(ours[of].map((x, i) => x - theirs[of][i]!));
  return [line('paperround', ours), line('TF-IDF, all in memory', theirs), [collection.name, '', 'difference (95 %)', gain('ndcg'), gain('recall')]];
}

/** By paper: the papers that a query asks for together with it. */
function coRelevant({ relevant }: Collection): Map<string, Map<string, number>> {
  const alike = new Map<string, Map<string, number>>();
  for (const papers of relevant.values()) {
    for (const a of papers.keys()) {
      for (const b of papers.keys()) {
        if (a === b) continue;
        if (!alike.has(a)) alike.set(a, new Map());
        alike.get(a)!.set(b, 1);
      }
    }
  }
  return alike;
}

async function measure(asked: string[], alike: Map<string, Map<string, number>>, find: (id: string) => Promise<string[]>): Promise<Asked> {
  const found: Asked = { ndcg: [], recall: [], ms: [] };
  for (const id of asked) {
    const started = performance.now();
    const hits = await find(id);
    found.ms.push(performance.now() - started);
    found.ndcg.push(ndcg10(hits, alike.get(id)!));
    found.recall.push(recall100(hits, alike.get(id)!));
  }
  return found;
}
