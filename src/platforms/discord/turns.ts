// The bot token's requests, one after the other at a pace that all processes share.
import { setTimeout as pause } from 'node:timers/promises';
import type { PlatformIo } from '../../core/platform.ts';
import { TryLater, wordsOf } from '../../core/errors.ts';

/** Below Discord's 50 a second for a bot token; what is left is for requests of the library's own. */
const REQUESTS = { name: 'requests', perSecond: 45 };
/** Turns are taken so many at a time, so that the database is asked a few times a second and not for each. */
const BLOCK = 15;
/** More turns are taken when fewer than these are left, so that the line goes on while the database answers. */
const LOW = 7;
/** After a hold-up the turns that were missed are made up for at no more than 48 a second. */
const LEAST_GAP_MS = 1_000 / 48;
/** A turn that was not used for this long is given up. */
const STALE_MS = 1_000;
/** A turn further off than this was given before the clock jumped back. */
const FAR_MS = 60_000;
const AGAIN_MS = 5_000;

export interface Turns {
  /** Resolves when it is this request's turn: one that a person waits for goes first, one that nobody does last. Throws TryLater when there is none. */
  next(rank?: Rank): Promise<void>;
}

/** Where a request stands in the line: before all others, or behind them. */
export type Rank = 'first' | 'last';

interface Waiter {
  rank: Rank | undefined;
  go: () => void;
  fail: (error: Error) => void;
}

/** Time comes as an argument: `wait` passes milliseconds of it. */
export function openTurns({ takeTurns, now }: Pick<PlatformIo, 'takeTurns' | 'now'>, wait: (ms: number) => Promise<void> = pause): Turns {
  const waiting: Waiter[] = [];
  let turns: number[] = [];
  let taking: Promise<void> | undefined;
  let lastAt = 0;
  let pumping = false;

  const take = (count: number): Promise<void> => (taking ??= takeBlock(Math.min(count, BLOCK)).finally(() => (taking = undefined)));

  async function takeBlock(count: number): Promise<void> {
    const first = await takeTurns(REQUESTS, count);
    for (let i = 0; i < count; i++) turns.push(first.getTime() + (i * 1_000) / REQUESTS.perSecond);
  }

  // The turn of whoever is first in the line when it has come.
  async function nextTurn(): Promise<void> {
    const time = now().getTime();
    turns = turns.filter((turn) => turn > time - STALE_MS && turn < time + FAR_MS);
    if (turns.length === 0) await take(waiting.length);
    const earliest = lastAt < time + FAR_MS ? lastAt + LEAST_GAP_MS : 0;
    const at = Math.max(turns.shift()!, earliest);
    const without = waiting.length - 1 - turns.length;
    if (turns.length < LOW && without > 0) take(without).catch(() => {});
    const early = Math.min(at - now().getTime(), FAR_MS);
    if (early > 0) await wait(early);
    lastAt = Math.max(at, now().getTime());
  }

  async function pump(): Promise<void> {
    pumping = true;
    try {
      while (waiting.length) {
        await nextTurn();
        waiting.shift()!.go();
      }
    } catch (error) {
      const none = new TryLater(AGAIN_MS, `no turn for a request: ${wordsOf(error)}`);
      for (const { fail } of waiting.splice(0)) fail(none);
    } finally {
      pumping = false;
    }
  }

  return {
    next: (rank) =>
      new Promise((go, fail) => {
        const behind = rank === 'last' ? -1 : rank === 'first' ? 0 : waiting.findIndex((waiter) => waiter.rank === 'last');
        waiting.splice(behind < 0 ? waiting.length : behind, 0, { rank, go, fail });
        if (!pumping) void pump();
      }),
  };
}
