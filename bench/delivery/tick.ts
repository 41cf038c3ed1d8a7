// What it costs to make the roundups of many channels that are due at the same minute, without sending them.
import { silent } from '../../src/core/log.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { slack } from '../../src/platforms/index.ts';
import { openBenchDb } from '../database.ts';
import { round } from '../numbers.ts';
import { fillChannels, fillPapers } from './fill.ts';

/** One line: the due tick, the longest that it kept everything else waiting, and a tick at which nothing is due. */
export async function benchTick(url: string | undefined, channels: number): Promise<string[]> {
  const opened = await openBenchDb(url);
  try {
    const now = new Date();
    await fillPapers(opened.db);
    await fillChannels(opened.db, 'slack', 'T1', 'C', channels, now);
    const deps = { db: opened.db, log: silent, platforms: [slack], graceHours: 6, spreadMs: 10_000, edits: true, sourceNotes: async () => [], noListWhy: () => undefined, unsettled: async () => undefined };
    const heap = peakMemory();
    const began = performance.now();
    const made = await enqueueDue(deps, now);
    const seconds = (performance.now() - began) / 1_000;
    const memory = heap();
    const idle = performance.now();
    await enqueueDue(deps, now);
    const nothing = performance.now() - idle;
    return [String(channels), String(made), `${seconds.toFixed(1)} s`, `${((seconds * 1_000) / channels).toFixed(2)} ms`, `${Math.round(memory)} MB`, `${round(nothing)} ms`];
  } finally {
    await opened.close();
    await opened.remove();
  }
}

/** Watches this process; returns the most that it held, in MB. */
function peakMemory(): () => number {
  let peak = 0;
  const look = () => void (peak = Math.max(peak, process.memoryUsage().rss / 2 ** 20));
  const timer = setInterval(look, 100);
  return () => {
    clearInterval(timer);
    look();
    return peak;
  };
}
