// What a source is given to work with.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/schedule.ts';
import type { PaperSource, SourceIo } from '../core/source.ts';
import type { Db } from '../db/connect.ts';
import { makePace } from './pace.ts';

export interface IngestDeps {
  db: Db;
  now: Clock;
  env: Record<string, string | undefined>;
  fetch: typeof fetch;
  log: Log;
  /** arXiv categories to follow. */
  categories: string[];
  /** Also take what was only cross-listed into them. */
  crossLists?: boolean;
  /** How long one request may take, in milliseconds. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Waits, in milliseconds; replaced in tests. */
  wait?: (ms: number) => Promise<void>;
}

export function makeIo(source: PaperSource, deps: IngestDeps, more: Partial<Pick<SourceIo, 'cursor' | 'input'>> = {}): SourceIo {
  const { db, now, env, fetch, log, categories, crossLists, timeoutMs, signal = NEVER } = deps;
  const { name, gapMs } = source;
  const paced = gapMs === undefined ? { pace: async () => {}, fetch } : makePace({ db, name, gapMs, now, fetch, wait: waiter(deps) });
  return {
    ...paced,
    ...{ log, now, env, categories, signal },
    ...(crossLists === undefined ? {} : { crossLists }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    cursor: more.cursor,
    ...(more.input ? { input: more.input } : {}),
  };
}

/** A wait that ends at once, with the reason, when the work is called off. */
export function waiter({ wait, signal }: Pick<IngestDeps, 'wait' | 'signal'>): (ms: number) => Promise<void> {
  return async (ms) => {
    signal?.throwIfAborted();
    await (wait ?? ((time: number) => sleep(time, undefined, signal ? { signal } : {})))(ms);
    signal?.throwIfAborted();
  };
}

const NEVER = new AbortController().signal;
