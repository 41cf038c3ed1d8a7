import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { openDb, rowsOf } from '../../src/db/connect.ts';
import { discordProblems } from '../support/discord-contract.ts';
import { slackProblems } from '../support/slack-contract.ts';
import { dataFolder, json, run } from './program.ts';

interface Ingested {
  fetched: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: { line?: number; why: string }[];
}

type Results = { id: string; score: number }[];

const ROWS = [
  '{"id":"Team/Reading List #7:ü","title":"Zebra crossings in latent space","abstract":"We study zebras.","upvotes":3}',
  'not JSON at all',
  '{"id":"arXiv:1706.03762v5","title":"Attention Is All You Need","abstract":"The Transformer, a zebra of a different stripe."}',
  '{"title":"No id","abstract":"Lost."}',
  '{"id":"untitled","title":"","abstract":"Quokkas smile in every photograph that was ever taken of them."}',
].join('\n');

describe('papers on the command line', () => {
  const data = dataFolder();
  afterAll(() => data.remove());
  const file = (name: string, content: string | Buffer) => {
    const path = join(data.path, name);
    writeFileSync(path, content);
    return path;
  };

  test('a file of papers is taken in, and its bad lines are told by their numbers', async () => {
    const read = await json<Ingested>(data.path, ['ingest', '--source', 'jsonl', '--file', file('papers.jsonl', ROWS)]);
    expect(read).toMatchObject({ fetched: 5, inserted: 3, updated: 0, unchanged: 0 });
    expect(read.rejected.map(({ line }) => line)).toEqual([2, 4]);
    expect(read.rejected[0]!.why).toMatch(/JSON/);
  });

  test('the same file packed changes nothing', async () => {
    const packed = file('papers.jsonl.gz', gzipSync(ROWS));
    expect(await json(data.path, ['ingest', '--source', 'jsonl', '--file', packed])).toMatchObject({ fetched: 5, inserted: 0, updated: 0, unchanged: 3 });
  });

  test('papers come in through a pipe, beside what is there', async () => {
    const input = '{"id":"untitled","title":"Quokkas","abstract":"They still smile."}\n{"id":"8","title":"Okapi","abstract":"Half a zebra."}';
    expect(await json(data.path, ['ingest', '--source', 'jsonl', '--file', '-'], { input })).toMatchObject({ fetched: 2, inserted: 1, updated: 1 });
  });

  test('all 45 papers of the page that ships are found', async () => {
    const page = 'config/samples/page/2026-03-14.fetched-2026-03-14.txt';
    const read = await json<Ingested>(data.path, ['ingest', '--source', 'page', '--file', join(process.cwd(), page)]);
    expect(read).toEqual({ fetched: 45, inserted: 45, updated: 0, unchanged: 0, rejected: [] });
  });

  test('a search gives ids back as they came', async () => {
    const { results } = await json<{ results: Results }>(data.path, ['search', 'zebra', '--no-prior']);
    expect(results.map(({ id }) => id).sort()).toEqual(['8', 'Team/Reading List #7:ü', 'arXiv:1706.03762v5']);
    expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).sort((a, b) => b - a));
  });

  test('a batch of questions is answered line by line, under the ids that they have', async () => {
    const queries = '{"id":"q-ü/1","text":"zebra"}\n\n{"id":17,"text":"quokkas smile"}\n{"id":"none","text":"xylophone"}\n';
    const { status, stdout } = await run(data.path, ['search', '--queries', '-', '--limit', '2', '--json'], { input: queries });
    expect(status).toBe(0);
    const answers = stdout.trim().split('\n').map((line) => JSON.parse(line) as { id: unknown; ms: number; results: Results });
    expect(answers.map(({ id, results }) => [id, results.length])).toEqual([
      ['q-ü/1', 2],
      [17, 1],
      ['none', 0],
    ]);
    expect(answers[1]!.results[0]!.id).toBe('untitled');
    for (const { ms } of answers) expect(ms).toBeGreaterThan(0);
  });

  test('a batch with a bad line ends with status 2 and names the line', async () => {
    const { status, stderr } = await run(data.path, ['search', '--queries', '-', '--json'], { input: '{"id":1,"text":"zebra"}\nzebra\n' });
    expect(status).toBe(2);
    expect(stderr).toContain('line 2');
  });
});

describe('what would be posted', () => {
  const data = dataFolder();
  afterAll(() => data.remove());

  test('a roundup for Slack is made of payloads that Slack takes', async () => {
    const payloads = await json<Record<string, unknown>[]>(data.path, ['roundup', '--platform', 'slack', '--date', '2026-07-24']);
    expect(payloads.flatMap(slackProblems)).toEqual([]);
    expect(payloads[0]!.text).toMatch(/24 July 2026/);
  });

  test('a roundup for Discord, on a topic, is made of payloads that Discord takes', async () => {
    const payloads = await json<object[]>(data.path, ['roundup', '--platform', 'discord', '--topic', 'video', '--limit', '3']);
    expect(payloads.length).toBeGreaterThan(0);
    expect(payloads.flatMap((payload) => discordProblems('message', payload))).toEqual([]);
    expect(JSON.stringify(payloads)).toMatch(/matches video/i);
  });

  test('a preview answers with exact payloads and changes nothing in the database', async () => {
    const before = await rowsIn(data.path);
    const answer = await json<Record<string, unknown>[]>(data.path, ['preview', 'slack', '/paper attention']);
    expect(answer.flatMap(slackProblems)).toEqual([]);
    expect(JSON.stringify(answer)).toContain('Papers on “attention”');
    const subscribed = await json<Record<string, unknown>[]>(data.path, ['preview', 'discord', '/roundup subscribe attention']);
    expect(subscribed.flatMap((payload) => discordProblems('followup', payload))).toEqual([]);
    expect(await rowsIn(data.path)).toEqual(before);
  });
});

/** Table by table. */
async function rowsIn(data: string): Promise<Record<string, number>> {
  const opened = await openDb({ folder: join(data, 'db') });
  try {
    const counts: Record<string, number> = {};
    for (const { name } of await rowsOf<{ name: string }>(opened.db, sql`select tablename as name from pg_tables where schemaname = 'public'`)) {
      const [row] = await rowsOf<{ n: number }>(opened.db, sql`select count(*)::int as n from ${sql.identifier(name)}`);
      counts[name] = row!.n;
    }
    return counts;
  } finally {
    await opened.close();
  }
}
