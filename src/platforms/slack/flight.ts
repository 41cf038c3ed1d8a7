/** Work under way, so that stopping can wait for it. */
export interface Flight {
  /** Starts the work, and reports its failure instead of throwing. */
  start(work: () => Promise<void>): void;
  /** Waits until all is done, `mostMs` milliseconds at most; how many were left then. */
  land(mostMs: number): Promise<number>;
}

export function trackFlight(failed: (error: unknown) => void): Flight {
  const underWay = new Set<Promise<void>>();
  return {
    start(work) {
      const done = work()
        .catch(failed)
        .finally(() => underWay.delete(done));
      underWay.add(done);
    },
    async land(mostMs) {
      const late = AbortSignal.timeout(mostMs);
      const outOfTime = new Promise((resolve) => late.addEventListener('abort', resolve));
      while (underWay.size > 0 && !late.aborted) await Promise.race([Promise.all(underWay), outOfTime]);
      return underWay.size;
    },
  };
}
