import { asc, sql } from 'drizzle-orm';
import { gzipSync } from 'node:zlib';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/core/errors.ts';
import { silent } from '../../src/core/log.ts';
import type { PaperRecord, PaperSource, SourceIo, SourceItem } from '../../src/core/source.ts';
import { rowsOf } from '../../src/db/connect.ts';
import { countPapers, findPaper } from '../../src/db/papers.ts';
import { rejectedRecords, sourceRuns } from '../../src/db/schema.ts';
import { sourceHealth } from '../../src/db/source-runs.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { openInput } from '../../src/ingest/input.ts';
import type { IngestDeps } from '../../src/ingest/io.ts';
import { ingestLive } from '../../src/ingest/live.ts';
import { huggingface, jsonl, page } from '../../src/sources/index.ts';
import { useDb } from '../support/db.ts';
import { bytesOf, useLoopback } from '../sources/world.ts';

const db = useDb();
const start = Date.parse('2026-07-14T12:00:00Z');

function paper(id: string, more: Partial<PaperRecord> = {}): SourceItem {
  return { record: { source: 'live', id, title: `Title ${id}`, abstract: '', authors: [], categories: [], ...more } };
}

const bad = (raw: string): SourceItem => ({ rejected: { id: 'x', why: 'no title', raw } });

/** A live source of which each try plays the next scene: items, then perhaps an error. */
function playing(...scenes: (SourceItem | Error)[][]): PaperSource & { tries: SourceIo[] } {
  const tries: SourceIo[] = [];
  return {
    ...{ name: 'live', kind: 'live', everyMinutes: 60, tries },
    async *fetch(_window, io) {
      const scene = scenes[Math.min(tries.push(io), scenes.length) - 1]!;
      for (const item of scene) {
        if (item instanceof Error) throw item;
        yield item;
      }
    },
  };
}

function makeDeps(more: Partial<IngestDeps> = {}) {
  const waited: number[] = [];
  let at = start;
  return {
    ...{ db: db(), now: () => new Date(at), env: {}, fetch, log: silent, categories: [] },
    wait: async (ms: number) => void waited.push(ms),
    ...more,
    waited,
    sleep: (minutes: number) => void (at += minutes * 60_000),
  };
}

const runs = () => db().select().from(sourceRuns).orderBy(asc(sourceRuns.id));

describe('a read', () => {
  test('saves papers, keeps rejections, and is written down with what it left behind', async () => {
    const source = playing([paper('a'), bad('{"x":1}'), paper('b'), { cursor: { etag: '1' } }]);
    expect(await ingest(source, makeDeps())).toEqual({ fetched: 3, inserted: 2, updated: 0, unchanged: 0, rejected: [{ id: 'x', why: 'no title' }] });
    expect(await runs()).toMatchObject([{ source: 'live', startedAt: new Date(start), finishedAt: new Date(start), fetched: 3, inserted: 2, rejected: 1, error: null, cursor: { etag: '1' } }]);
    expect(await db().select().from(rejectedRecords)).toMatchObject([{ source: 'live', sourceId: 'x', why: 'no title', raw: '{"x":1}' }]);
  });

  test('of many papers leaves none of them in the list that every search would read through', async () => {
    await ingest(playing(Array.from({ length: 500 }, (_, i) => paper(`p${i}`, { abstract: 'of words' }))), makeDeps());
    const [left] = await rowsOf<{ pages: number }>(db(), sql`select gin_clean_pending_list('search_docs_keys')::int + gin_clean_pending_list('search_docs_pairs')::int as pages`);
    expect(left!.pages).toBe(0);
  });

  test('goes on where the last good one ended', async () => {
    const source = playing([paper('a'), { cursor: { etag: '1' } }], [new SourceError('no', { retry: false })], [paper('a')]);
    const deps = makeDeps();
    await ingest(source, deps);
    await expect(ingest(source, deps)).rejects.toThrow('no');
    await ingest(source, deps);
    expect(source.tries.map(({ cursor }) => cursor)).toEqual([undefined, { etag: '1' }, { etag: '1' }]);
  });

  test('of old days neither follows the cursor nor moves it', async () => {
    const source = playing([paper('a'), { cursor: { etag: '1' } }], [paper('b'), { cursor: { etag: 'old' } }], [paper('c')]);
    const deps = makeDeps();
    await ingest(source, deps);
    await ingest(source, { ...deps, window: { from: '2026-01-01', to: '2026-01-02' } });
    await ingest(source, deps);
    expect(source.tries.map(({ cursor }) => cursor)).toEqual([undefined, undefined, { etag: '1' }]);
  });

  test('keeps the same fault once, with the start of a long row', async () => {
    const source = playing([bad('same'), bad(`long \0\ud800${'x'.repeat(9000)}`), paper('a')]);
    await ingest(source, makeDeps());
    await ingest(source, makeDeps());
    const kept = await db().select().from(rejectedRecords).orderBy(asc(rejectedRecords.id));
    expect(kept.map(({ raw }) => raw.length)).toEqual([4, 2000]);
  });

  test('is tried again after 5, 15 and 45 seconds, and then has failed', async () => {
    const source = playing([new SourceError('down')]);
    const deps = makeDeps();
    await expect(ingest(source, deps)).rejects.toThrow('down');
    expect(deps.waited).toEqual([5_000, 15_000, 45_000]);
    expect(await runs()).toMatchObject([{ error: 'down', finishedAt: new Date(start), cursor: null }]);
  });

  test('is tried again when the source says, and counts each paper once over all tries', async () => {
    const source = playing([paper('a'), bad('x'), new SourceError('busy', { retryAfterMs: 90_000 })], [paper('a'), bad('x'), paper('b')]);
    const deps = makeDeps();
    expect(await ingest(source, deps)).toMatchObject({ fetched: 3, inserted: 2, unchanged: 0, rejected: [{ why: 'no title' }] });
    expect(deps.waited).toEqual([90_000]);
  });

  test.each([
    ['the request is at fault', new SourceError('wrong', { retry: false })],
    ['the source wants hours', new SourceError('busy', { retryAfterMs: 7_200_000 })],
    ['the fault is ours', new Error('bug')],
  ])('is not tried again when %s', async (_why, error) => {
    const source = playing([paper('a'), error]);
    const deps = makeDeps();
    await expect(ingest(source, deps)).rejects.toBe(error);
    expect(source.tries.length).toBe(1);
    expect(deps.waited).toEqual([]);
    expect(await countPapers(db())).toBe(1);
    expect(await runs()).toMatchObject([{ inserted: 1, error: error.message }]);
  });

  test('of which nothing could be used has failed: the source has changed its shape', async () => {
    await expect(ingest(playing([bad('1'), bad('2')]), makeDeps())).rejects.toThrow('live answered in a shape that nothing could be read from: no title');
    expect(await ingest(playing([]), makeDeps())).toMatchObject({ fetched: 0 });
  });

  test('is called off at once, and says so', async () => {
    const stop = new AbortController();
    const deps = makeDeps({ signal: stop.signal, wait: async () => stop.abort(new Error('stopping')) });
    await expect(ingest(playing([new SourceError('down')]), deps)).rejects.toThrow('stopping');
    expect(await runs()).toMatchObject([{ error: 'stopping' }]);
  });

  test('shows how far it is', async () => {
    const seen: number[] = [];
    const many = Array.from({ length: 1200 }, (_, at) => paper(`p${at}`));
    await ingest(playing(many), { ...makeDeps(), onProgress: ({ fetched }) => seen.push(fetched) });
    expect(seen).toEqual([500, 1000, 1200]);
  });
});

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-'));
  const lines = ['{"id":"a","title":"A"}', 'oops', '{"id":"b","title":"A","abstract":"Same title."}'].join('\n');

  test.each([['plain', Buffer.from(lines)], ['packed', gzipSync(lines)]])('is taken in, %s, with its bad lines named', async (name, bytes) => {
    const file = join(folder, `${name}.jsonl`);
    writeFileSync(file, bytes);
    expect(await ingest(jsonl, { ...makeDeps(), input: await openInput(file) })).toEqual({ fetched: 3, inserted: 2, updated: 0, unchanged: 0, rejected: [{ line: 2, why: 'not JSON' }] });
    expect(await ingest(jsonl, { ...makeDeps(), input: await openInput(file) })).toMatchObject({ inserted: 0, unchanged: 2, rejected: [{ line: 2 }] });
  });

  test('that is cut off while packed, or not there, is an error', async () => {
    const file = join(folder, 'cut.jsonl.gz');
    writeFileSync(file, gzipSync(lines).subarray(0, 40));
    await expect(ingest(jsonl, { ...makeDeps(), input: await openInput(file) })).rejects.toThrow();
    const waiting = await openInput(file);
    for (let turn = 0; turn < 50; turn++) await readFile(file);
    await expect(ingest(jsonl, { ...makeDeps(), input: waiting })).rejects.toThrow('unexpected end of file');
    await expect(openInput(join(folder, 'none'))).rejects.toThrow('ENOENT');
    rmSync(folder, { recursive: true });
  });

  test('of which every line is bad tells them all, and is asked once', async () => {
    expect(await ingest(jsonl, { ...makeDeps(), input: bytesOf('1\n2\n') })).toMatchObject({ fetched: 2, rejected: [{ line: 1 }, { line: 2 }] });
    const deps = makeDeps();
    await expect(ingest(page, { ...deps, input: bytesOf('nothing of the kind') })).rejects.toThrow('not the text of a trending-papers page');
    expect(deps.waited).toEqual([]);
  });
});

describe('the live sources', () => {
  const named = (name: string, source: PaperSource): PaperSource => ({ ...source, name });

  test('are read when they are due, and one that fails keeps nobody else from being read', async () => {
    const broken = playing([new SourceError('down', { retry: false })]);
    const sound = playing([paper('a')]);
    const deps = { ...makeDeps(), sources: [named('broken', broken), jsonl, named('sound', sound)] };
    await ingestLive(deps);
    expect([broken.tries.length, sound.tries.length]).toEqual([1, 1]);
    expect(await findPaper(db(), 'a')).toMatchObject({ title: 'Title a' });
    // Ten minutes later the broken one is asked again, then after twenty, forty, …; the sound one each hour.
    const asked: number[] = [];
    for (let minute = 1; minute <= 160; minute++) {
      deps.sleep(1);
      const before = broken.tries.length;
      await ingestLive(deps);
      if (broken.tries.length > before) asked.push(minute);
    }
    expect(asked).toEqual([10, 30, 70, 150]);
    expect(sound.tries.length).toBe(3);
  });

  test('show their health, and since when one could not be read', async () => {
    const source = playing([paper('a')], [new SourceError('first', { retry: false })], [new SourceError('then', { retry: false })], [paper('a')]);
    const deps = { ...makeDeps(), sources: [source] };
    const health = async () => (await sourceHealth(db(), deps.now()))[0]!;
    await ingestLive(deps);
    expect(await health()).toMatchObject({ name: 'live', lastGoodAt: new Date(start), failingSince: undefined, failures: 0, error: undefined });
    deps.sleep(60);
    await ingestLive(deps);
    deps.sleep(10);
    await ingestLive(deps);
    expect(await health()).toMatchObject({ lastGoodAt: new Date(start), failingSince: new Date(start + 60 * 60_000), failures: 2, error: 'then' });
    deps.sleep(20);
    await ingestLive(deps);
    expect(await health()).toMatchObject({ failingSince: undefined, failures: 0, error: undefined });
  });

  test('are read by one process at a time', async () => {
    let open = 0;
    let reads = 0;
    const slow: PaperSource = {
      ...{ name: 'slow', kind: 'live', everyMinutes: 60 },
      async *fetch() {
        reads++;
        expect(++open).toBe(1);
        yield paper('a');
        await new Promise((done) => setTimeout(done, 30));
        open--;
      },
    };
    const deps = { ...makeDeps(), sources: [slow] };
    await Promise.all([ingestLive(deps), ingestLive(deps), ingestLive(deps)]);
    expect(reads).toBe(1);
  });

  test('may be a real one that is down, half filled, changed or slow, over a real connection', async () => {
    const base = () => server().base;
    const item = { paper: { id: '2607.00001', title: 'One', summary: 'It.', upvotes: 1 } };
    const deps = () => makeDeps({ env: { HF_ENDPOINT: base() }, timeoutMs: 1_000 });
    let scenes: ((response: ServerResponse) => void)[] = [];
    server().respond = (_request, response) => (scenes.shift() ?? ((last) => void last.end('[]')))(response);

    const failing = deps();
    scenes = [(response) => response.destroy(), () => {}, (response) => void response.writeHead(429, { ratelimit: '"api";r=0;t=20' }).end(), (response) => void response.end(JSON.stringify([item]))];
    expect(await ingest(huggingface, failing)).toMatchObject({ fetched: 1, inserted: 1 });
    expect(failing.waited).toEqual([5_000, 15_000, 45_000]);

    scenes = [(response) => void response.end(JSON.stringify([item, { paper: { id: '2607.00002', title: '' } }, {}]))];
    expect(await ingest(huggingface, deps())).toMatchObject({ fetched: 3, unchanged: 1, rejected: [{ id: '2607.00002' }, {}] });

    server().respond = (_request, response) => void response.end(JSON.stringify([{ arxiv: '2607.00001', name: 'One' }]));
    await expect(ingest(huggingface, deps())).rejects.toThrow(/nothing could be read from: paper: expected object/);
  });

  const server = useLoopback();
});
