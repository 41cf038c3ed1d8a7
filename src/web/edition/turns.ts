// Pages that are made at the same time: a few, and some that wait, so that a flood of readers leaves the database to the bot.

/** Too many pages are being made. */
export class Busy extends Error {
  override name = 'Busy';
}

export interface Turns {
  /** So many at a time. */
  atOnce: number;
  /** So many wait; whoever comes then gets Busy. */
  waiting: number;
  /** Whoever waits, or takes, longer than this gets Busy: in milliseconds. */
  longestMs: number;
}

/** A function that acts when it is its turn. Throws Busy, and what the act throws. */
export function takeTurns({ atOnce, waiting, longestMs }: Turns): <T>(act: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(act: () => Promise<T>, isGivenUp: () => boolean): Promise<T> {
    if (running < atOnce) running++;
    // Who ends hands the turn over.
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      if (isGivenUp()) throw new Busy('nobody waits for it any more');
      return await act();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running--;
    }
  }

  return async (act) => {
    if (queue.length >= waiting) throw new Busy('too many wait');
    let late = false;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => ((late = true), reject(new Busy(`no page within ${longestMs / 1_000} s`))), longestMs);
    });
    // What is given up may still fail, and nobody is told.
    const made = inTurn(act, () => late);
    made.catch(() => {});
    return Promise.race([made, deadline]).finally(() => clearTimeout(timer));
  };
}
