// The papers that ship with the project, so that a first start has something to show without any network.
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { silent } from '../core/log.ts';
import type { PaperRecord, PaperSource, Window } from '../core/source.ts';
import { saveRecords, type Saved } from '../db/papers.ts';
import type { Db } from '../db/connect.ts';

/** Two levels up from both src/ingest and dist/ingest. */
const SAMPLES = new URL('../../config/samples/', import.meta.url);

/**
 * Takes in `config/samples/`: answers of Hugging Face and a trending page, read by the sources themselves, each at
 * the time at which it was fetched (in the file's name), so that nothing old looks new. Doing it again changes
 * nothing. It leaves no run behind: nobody was asked.
 */
export async function ingestSamples({ db, sources }: { db: Db; sources: PaperSource[] }): Promise<Saved> {
  const total: Saved = { inserted: 0, updated: 0, unchanged: 0 };
  for (const sample of await listSamples()) {
    const source = sources.find(({ name }) => name === sample.source);
    if (!source) continue;
    const saved = await saveRecords(db, await readSample(source, sample), sample.fetchedAt);
    for (const count of ['inserted', 'updated', 'unchanged'] as const) total[count] += saved[count];
  }
  return total;
}

interface Sample {
  file: URL;
  source: string;
  window: Window;
  fetchedAt: Date;
}

/** `huggingface/2026-07-13.fetched-2026-07-27.json`: the source, the day it is about, and the evening it was fetched; earliest first. */
async function listSamples(): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const folder of await readdir(SAMPLES, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    for (const name of await readdir(new URL(`${folder.name}/`, SAMPLES))) {
      const [, on, fetchedOn] = /^(\d{4}-\d{2}-\d{2})\.fetched-(\d{4}-\d{2}-\d{2})\./.exec(name) ?? [];
      if (!on || !fetchedOn) continue;
      const file = new URL(`${folder.name}/${name}`, SAMPLES);
      samples.push({ file, source: folder.name, window: { from: on, to: on }, fetchedAt: new Date(`${fetchedOn}T18:00:00Z`) });
    }
  }
  return samples.sort((a, b) => a.fetchedAt.getTime() - b.fetchedAt.getTime() || (a.file.href < b.file.href ? -1 : 1));
}

async function readSample(source: PaperSource, { file, window, fetchedAt }: Sample): Promise<PaperRecord[]> {
  const answers = [await readFile(file)];
  const records: PaperRecord[] = [];
  const items = source.fetch(window, {
    // The file is the answer to the first request; there is no second page.
    fetch: async () => new Response(answers.pop() ?? '[]'),
    input: createReadStream(file),
    ...{ log: silent, now: () => fetchedAt, env: {}, cursor: undefined, categories: [] },
    pace: async () => {},
    signal: new AbortController().signal,
  });
  for await (const item of items) if ('record' in item) records.push(item.record);
  return records;
}
