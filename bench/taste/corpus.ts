// Papers as their stems, and groups of them that one team might follow.
import type { Stems } from '../../src/core/taste.ts';
import { BUCKET_WEIGHTS, rarity } from '../../src/db/search/weights.ts';
import { makeDocument } from '../../src/db/search/document.ts';
import { openInput } from '../../src/ingest/input.ts';
import { readRow } from '../../src/sources/jsonl.ts';
import { readLines } from '../../src/sources/lines.ts';

export interface Corpus {
  /** By paper, in the order of the file. */
  stems: Stems[];
  rarity: (hash: number) => number;
  row: Map<string, number>;
  /** By paper: what it may be grouped by. */
  marks: string[][];
}

/** Reads a file of papers, as the index reads them; marks are `category stem` for each stem of a title. */
export async function readCorpus(file: string): Promise<Corpus> {
  const corpus: Omit<Corpus, 'rarity'> = { stems: [], row: new Map(), marks: [] };
  const papers = new Map<number, number>();
  for await (const line of readLines(await openInput(file))) {
    if (!('text' in line) || !line.text.trim()) continue;
    const paper = readRow(line.text);
    if ('why' in paper) continue;
    const { words, titleLength, weighed } = makeDocument(paper.title, paper.abstract);
    corpus.row.set(paper.id, corpus.stems.length);
    corpus.stems.push(new Map(weighed.map(({ word, bucket }) => [word.hash, BUCKET_WEIGHTS[bucket]!])));
    corpus.marks.push([...new Set(words.slice(0, titleLength).map(({ stem }) => `${paper.categories[0] ?? ''} ${stem}`))]);
    for (const { word } of weighed) papers.set(word.hash, (papers.get(word.hash) ?? 0) + 1);
  }
  return { ...corpus, rarity: (hash) => rarity(papers.get(hash) ?? 0, corpus.stems.length) };
}

/** Papers of the same first category with the same word in the title: between `least` and `most` of them. */
export function markedGroups({ marks }: Corpus, least: number, most: number): number[][] {
  const groups = new Map<string, number[]>();
  for (const [row, some] of marks.entries()) for (const mark of some) groups.set(mark, [...(groups.get(mark) ?? []), row]);
  return [...groups.values()].filter(({ length }) => length >= least && length <= most);
}
