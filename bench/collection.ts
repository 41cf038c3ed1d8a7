// A retrieval benchmark in a folder: corpus.jsonl, queries.jsonl and qrels.tsv.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Collection {
  name: string;
  /** The papers, as jsonl. */
  file: string;
  queries: { id: string; text: string }[];
  /** By query: the relevant papers, each with its grade. */
  relevant: Map<string, Map<string, number>>;
}

/** The collections below a folder, by name. Throws when there is none. */
export function readCollections(folder: string, only: string[]): Collection[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'qrels.tsv'))) : [];
  const chosen = names.filter((name) => only.length === 0 || only.includes(name)).sort();
  if (chosen.length === 0) throw new Error(`no benchmark in ${folder}: expected NAME/corpus.jsonl, queries.jsonl and qrels.tsv`);
  return chosen.map((name) => readCollection(name, join(folder, name)));
}

function readCollection(name: string, folder: string): Collection {
  const lines = (file: string) => readFileSync(join(folder, file), 'utf8').split('\n').filter((line) => line.trim());
  const relevant: Collection['relevant'] = new Map();
  for (const line of lines('qrels.tsv')) {
    const [query, paper, grade] = line.split('\t');
    if (!(Number(grade) > 0)) continue;
    if (!relevant.has(query!)) relevant.set(query!, new Map());
    relevant.get(query!)!.set(paper!, Number(grade));
  }
  return {
    name,
    file: join(folder, 'corpus.jsonl'),
    queries: lines('queries.jsonl').map((line) => JSON.parse(line) as Collection['queries'][number]).filter((query) => relevant.has(query.id)),
    relevant,
  };
}

/** Normalised discounted cumulative gain of the first ten. */
export function ndcg10(ids: string[], grades: Map<string, number>): number {
  const gain = (list: number[]) => list.slice(0, 10).reduce((sum, grade, i) => sum + grade / Math.log2(i + 2), 0);
  const best = gain([...grades.values()].sort((a, b) => b - a));
  return best === 0 ? 0 : gain(ids.map((id) => grades.get(id) ?? 0)) / best;
}

/** The share of the relevant papers that are among the first hundred. */
export function recall100(ids: string[], grades: Map<string, number>): number {
  return ids.slice(0, 100).filter((id) => grades.has(id)).length / grades.size;
}
