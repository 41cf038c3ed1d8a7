// The next request to a source that wants pauses: one at a time over all processes, and never too soon after the last.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../core/schedule.ts';
import type { Db } from '../db/connect.ts';
import { giveBack, takeLease } from '../db/leases.ts';

export interface Pacing {
  db: Db;
  /** The source's name. */
  name: string;
  /** The least time between the starts of two requests, in milliseconds. */
  gapMs: number;
  now: Clock;
  wait: (ms: number) => Promise<void>;
  fetch: typeof fetch;
}

/**
 * `pace()` waits for the turn and takes it; `fetch` reads the whole answer and gives the turn back, so that there is
 * one connection at a time as well. A process that dies in between holds the others up for a minute at most.
 */
export function makePace({ db, name, gapMs, now, wait, fetch }: Pacing): { pace(): Promise<void>; fetch: typeof globalThis.fetch } {
  const lease = `request:${name}`;
  const owner = randomUUID();
  let startedAt: Date | undefined;
  const giveTurnBack = async () => {
    if (startedAt) await giveBack(db, lease, owner, new Date(startedAt.getTime() + gapMs));
    startedAt = undefined;
  };
  return {
    pace: async () => {
      // A turn that was taken and not used.
      await giveTurnBack();
      for (;;) {
        const asked = now();
        const free = await takeLease(db, lease, owner, asked, new Date(asked.getTime() + LONGEST_REQUEST_MS));
        if (!free) {
          startedAt = now();
          return;
        }
        // The holder's time runs to the longest request, but it is mostly done much sooner.
        await wait(Math.max(MIN_WAIT_MS, Math.min(gapMs, free.getTime() - asked.getTime())));
      }
    },
    fetch: async (input, init) => {
      // The pause counts from here, however long the lease took to come.
      if (startedAt) startedAt = now();
      try {
        const response = await fetch(input, init);
        const body = await response.arrayBuffer();
        const { status, statusText, headers } = response;
        return new Response(BODILESS.has(status) ? null : body, { status, statusText, headers });
      } finally {
        await giveTurnBack();
      }
    },
  };
}

/** Above the time limit of one request (sources/http.ts). */
const LONGEST_REQUEST_MS = 60_000;
const MIN_WAIT_MS = 20;
const BODILESS = new Set([204, 205, 304]);
