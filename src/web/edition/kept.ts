// What was made lately is kept: whoever asks for the same again gets the same, and it is made once, however many ask.
import type { Clock } from '../../core/schedule.ts';

export interface Keeping {
  now: Clock;
  /** So long, in milliseconds; 0: as long as it is being made. */
  keepMs: number;
  /** So many at the most, the oldest go first. */
  most: number;
}

/** A function that makes what is not kept under this key. What fails is not kept. */
export function keepMade<Made>({ now, keepMs, most }: Keeping): (key: string, make: () => Promise<Made>) => Promise<Made> {
  const kept = new Map<string, { until: number; made: Promise<Made> }>();
  return (key, make) => {
    const known = kept.get(key);
    if (known && now().getTime() < known.until) return known.made;
    kept.delete(key);
    // While it is under way it counts as fresh, however long that takes.
    const entry = { until: Infinity, made: make() };
    kept.set(key, entry);
    entry.made.then(
      () => (keepMs > 0 ? (entry.until = now().getTime() + keepMs) : forget(key, entry)),
      () => forget(key, entry),
    );
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return entry.made;
  };

  function forget(key: string, entry: object): void {
    if (kept.get(key) === entry) kept.delete(key);
  }
}
