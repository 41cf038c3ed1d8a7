// Requests that Discord calls invalid: 10,000 of them in ten minutes shut a whole address out, so all stops well before.
import type { PlatformIo } from '../../core/platform.ts';
import { TryLater, wordsOf } from '../../core/errors.ts';

/** Counted over all processes, as turns that are used up: 3,000 in ten minutes, and no more than `ROOM_MS` of them ahead. */
const INVALID = { name: 'invalid', perSecond: 5, longestMs: 20 * 60_000 };
const ROOM_MS = 400_000;

export interface Brake {
  /** Takes note of an answer. `scope` is Discord's X-RateLimit-Scope. */
  note(status: number, scope: string | null): void;
  /** Throws TryLater while nothing should be sent. */
  check(): void;
}

/** At most 5,000 invalid requests in any ten minutes: 2,000 at once, and what the pace gives back. */
export function openBrake({ takeTurns, now, log }: Pick<PlatformIo, 'takeTurns' | 'now' | 'log'>): Brake {
  let closedUntil = 0;
  const count = async () => {
    const used = await takeTurns(INVALID, 1);
    if (used.getTime() - now().getTime() < ROOM_MS || closedUntil > now().getTime()) return;
    closedUntil = used.getTime() - ROOM_MS / 2;
    log.error({ until: new Date(closedUntil).toISOString() }, 'too many requests that discord refuses: nothing is posted for some minutes');
  };
  return {
    note(status, scope) {
      // A limit that others used up is not held against us.
      if (status !== 401 && status !== 403 && (status !== 429 || scope === 'shared')) return;
      count().catch((error: unknown) => log.warn({ error: wordsOf(error) }, 'an invalid request could not be counted'));
    },
    check() {
      const left = closedUntil - now().getTime();
      // Longer than it ever lasts: the clock has jumped back.
      if (left > 0 && left < INVALID.longestMs) throw new TryLater(left, 'too many requests that Discord refused of late');
    },
  };
}
