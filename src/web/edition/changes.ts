// Since when a page has been as it is. Of what was forgotten, or came before this process, it is since now: a reader then gets it once more.
import type { Clock } from '../../core/schedule.ts';

/** A function that tells since when `key` has had this digest; the last `most` keys that were asked for are remembered. */
export function watchChanges(now: Clock, most: number): (key: string, digest: string) => Date {
  const known = new Map<string, { digest: string; at: Date }>();
  return (key, digest) => {
    const before = known.get(key);
    const is = before?.digest === digest ? before : { digest, at: now() };
    known.delete(key);
    known.set(key, is);
    if (known.size > most) known.delete(known.keys().next().value!);
    return is.at;
  };
}
