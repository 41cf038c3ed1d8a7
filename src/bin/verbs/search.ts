import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { shortfallInWords } from '../../core/asked.ts';
import { UserError } from '../../core/errors.ts';
import { clip, plain } from '../../core/text.ts';
import type { Db } from '../../db/connect.ts';
import { getPapers } from '../../db/papers.ts';
import { searchPapers } from '../../db/search/index.ts';
import { openInput } from '../../ingest/input.ts';
import type { Cli } from '../cli.ts';

export interface SearchOptions {
  limit: number;
  since?: string;
  prior: boolean;
  queries?: string;
}

interface Found {
  id: string;
  score: number;
  title: string;
}

/** One query, or a file of them; each answer has the ids as the papers came with them. */
export async function search(cli: Cli, words: string[], options: SearchOptions): Promise<void> {
  const query = words.join(' ').trim();
  if (!query && !options.queries) throw new UserError('Say what to search for, such as: paperround search attention');
  if (query && options.queries) throw new UserError('Give words or --queries, not both.');
  await cli.withDb(async ({ db }) => {
    if (options.queries) return searchAll(cli, db, options.queries, options);
    const { results, relaxed } = await searchOne(db, query, options, cli.now());
    const lines = results.map(({ id, title }, i) => `${String(i + 1).padStart(2)}. ${clip(plain(title), 90)}  (${id})`);
    if (relaxed) lines.push(`(${shortfallInWords('words')})`);
    cli.say({ query, relaxed, results }, lines.join('\n') || `Nothing matches “${query}”.`);
  });
}

async function searchAll(cli: Cli, db: Db, path: string, options: SearchOptions): Promise<void> {
  const lines = createInterface({ input: Readable.from(await openInput(path)), crlfDelay: Infinity });
  let number = 0;
  for await (const line of lines) {
    number++;
    if (!line.trim()) continue;
    const { id, text } = readQuery(line, number, path);
    const start = performance.now();
    const { results } = await searchOne(db, text, options, cli.now());
    const ms = Math.round((performance.now() - start) * 1000) / 1000;
    const answer = { id, ms, results: results.map(({ id: paper, score }) => ({ id: paper, score })) };
    // A batch is for machines, with --json or without.
    cli.process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

async function searchOne(db: Db, text: string, options: SearchOptions, now: Date): Promise<{ results: Found[]; relaxed: boolean }> {
  const { limit, since, prior } = options;
  const { hits, relaxed } = await searchPapers(db, { text, limit, prior, ...(since ? { since } : {}) }, now);
  const papers = new Map((await getPapers(db, hits.map((hit) => hit.paperId))).map((paper) => [paper.id, paper]));
  const results = hits.flatMap((hit) => {
    const paper = papers.get(hit.paperId);
    return paper ? [{ id: paper.ref, score: hit.score, title: paper.title }] : [];
  });
  return { results, relaxed };
}

function readQuery(line: string, number: number, path: string): { id: string | number; text: string } {
  try {
    const { id, text } = JSON.parse(line.replace(/^\ufeff/, '')) as { id?: string | number; text?: string };
    if (id !== undefined && typeof text === 'string') return { id, text };
  } catch {
    // Said below, with the line.
  }
  throw new UserError(`${path}, line ${number}: each line must be {"id": …, "text": "…"}.`);
}
