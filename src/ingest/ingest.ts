// One read of one source: its records into papers, its faults kept, its run written down.
import { createHash } from 'node:crypto';
import pRetry from 'p-retry';
import { SourceError, wordsOf } from '../core/errors.ts';
import { addDays } from '../core/schedule.ts';
import type { PaperRecord, PaperSource, Rejection, SourceIo, Window } from '../core/source.ts';
import { saveRecords } from '../db/papers.ts';
import { keepRejections } from '../db/rejections.ts';
import { emptyPendingLists, readDocuments, type Documents } from '../db/search/index.ts';
import { finishRun, lastCursor, startRun } from '../db/source-runs.ts';
import { makeIo, waiter, type IngestDeps } from './io.ts';

export interface IngestRequest extends IngestDeps {
  window?: Window;
  /** The bytes of a file, for the sources that read one; see ingest/input.ts. */
  input?: AsyncIterable<Uint8Array>;
  onProgress?: (soFar: IngestCounts) => void;
}

export interface IngestCounts {
  /** Every row that came, rejected ones too: the sum of all the others. */
  fetched: number;
  inserted: number;
  updated: number;
  unchanged: number;
}

export interface IngestResult extends IngestCounts {
  rejected: Omit<Rejection, 'raw'>[];
}

/**
 * Reads a source and saves what comes. A live source that fails is asked again, three times, after 5, 15 and 45
 * seconds or when it says. The run is written down, good or bad; the cursor moves only when it was good. Throws the
 * last SourceError, or the signal's reason. An answer of which nothing could be used is an error as well.
 */
export async function ingest(source: PaperSource, request: IngestRequest): Promise<IngestResult> {
  const { db, now } = request;
  const runId = await startRun(db, source.name, now());
  const result: IngestResult = { fetched: 0, inserted: 0, updated: 0, unchanged: 0, rejected: [] };
  const end = (more: { error?: string; ids?: string; cursor?: Record<string, unknown> }) =>
    finishRun(db, runId, { at: now(), counts: { ...result, rejected: result.rejected.length }, ...more });
  try {
    // A window asks for old days: it neither follows the cursor nor moves it.
    const last = request.window ? undefined : await lastCursor(db, source.name);
    const io = makeIo(source, request, { cursor: last, ...(request.input ? { input: request.input } : {}) });
    const { cursor, ids } = await retrying(source, request, makeReader(source, request, io, result));
    await end(request.window ? {} : { ...(ids ? { ids } : {}), ...(cursor ? { cursor } : {}) });
  } catch (error) {
    await end({ error: wordsOf(error) || 'it failed without a word' });
    throw error;
  }
  return result;
}

// Large batches are quick; small ones don't keep the embedded database from answering meanwhile.
const BATCH = { live: 500, file: 2_000 };
const RETRIES = 3;
const FIRST_WAIT_MS = 5_000;
/** However long a source asks us to wait: beyond this, the next regular read will do. */
const LONGEST_WAIT_MS = 10 * 60_000;

async function retrying<T>(source: PaperSource, request: IngestRequest, read: () => Promise<T>): Promise<T> {
  const wait = waiter(request);
  return pRetry(read, {
    // A file's bytes are gone once they are read, and would be no better.
    retries: source.kind === 'live' ? RETRIES : 0,
    minTimeout: 0,
    shouldRetry: ({ error }) => isWorthWaiting(error),
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (!isWorthWaiting(error) || retriesLeft === 0) return;
      const ms = Math.max(error.retryAfterMs ?? 0, FIRST_WAIT_MS * 3 ** (attemptNumber - 1));
      request.log.warn({ source: source.name, error: wordsOf(error), ms }, 'source failed, trying again');
      await wait(ms);
    },
  });
}

function isWorthWaiting(error: Error): error is SourceError {
  return error instanceof SourceError && error.retry && (error.retryAfterMs ?? 0) <= LONGEST_WAIT_MS;
}

/**
 * A function that reads the source once, counting into `result`. What an earlier try already took in is not counted
 * again. While one batch is being saved, the next is read, and, of a file, the words of its papers with it.
 */
function makeReader(source: PaperSource, request: IngestRequest, io: SourceIo, result: IngestResult) {
  const taken = new Set<string>();
  const isLive = source.kind === 'live';
  const most = isLive ? BATCH.live : BATCH.file;
  const isNew = (row: string) => !isLive || taken.size < taken.add(row).size;

  return async (): Promise<{ cursor?: Record<string, unknown>; ids?: string }> => {
    let batch: Batch = { records: [], rejections: [] };
    let saving: Promise<void> = Promise.resolve();
    let cursor: Record<string, unknown> | undefined;
    let used = 0;
    const came: string[] = [];
    const yesterday = addDays(request.now().toISOString().slice(0, 10), -1);
    const flush = async () => {
      const full = batch;
      batch = { records: [], rejections: [] };
      // A live source mostly says what it said an hour ago: its few changes are read when they are known.
      const documents = isLive ? undefined : await readDocuments(full.records);
      await saving;
      saving = save(source, request, full, documents, result);
      // Whoever awaits it next gets its error; until then it is nobody's.
      saving.catch(() => {});
    };
    try {
      for await (const item of source.fetch(request.window, io)) {
        io.signal.throwIfAborted();
        if ('cursor' in item) cursor = item.cursor;
        else if ('record' in item) {
          used++;
          if (isLive && (item.record.listedOn ?? '') >= yesterday) came.push(item.record.id);
          if (isNew(`record ${item.record.id}`)) batch.records.push(item.record);
        } else if (isNew(`rejected ${item.rejected.raw}`)) batch.rejections.push(item.rejected);
        if (batch.records.length + batch.rejections.length >= most) await flush();
      }
    } finally {
      // What came before a failure is as good as any.
      await flush();
      await saving;
      await emptyPendingLists(request.db);
    }
    if (!used && result.rejected.length && isLive) {
      throw new SourceError(`${source.name} answered in a shape that nothing could be read from: ${result.rejected[0]!.why}`);
    }
    return { ...(cursor ? { cursor } : {}), ...(came.length ? { ids: digestOf(came) } : {}) };
  };
}

// Of the ids of the last two days alone: votes change all day, what trends with them, and in whatever order they come they are the same papers.
function digestOf(ids: string[]): string {
  return createHash('sha256').update([...new Set(ids)].sort().join('\n')).digest('base64url');
}

interface Batch {
  records: PaperRecord[];
  rejections: Rejection[];
}

async function save(source: PaperSource, request: IngestRequest, { records, rejections }: Batch, documents: Documents | undefined, result: IngestResult): Promise<void> {
  const saved = await saveRecords(request.db, records, request.now(), documents);
  await keepRejections(request.db, source.name, rejections, request.now());
  result.fetched += records.length + rejections.length;
  result.inserted += saved.inserted;
  result.updated += saved.updated;
  result.unchanged += saved.unchanged;
  for (const { raw: _raw, ...rejection } of rejections) result.rejected.push(rejection);
  const { rejected: _rejected, ...counts } = result;
  request.onProgress?.(counts);
}
