// Which platforms are connected, and which have been away for too long.
import type { ChatAdapter, ConnectionState } from '../core/platform.ts';
import type { Clock } from '../core/schedule.ts';

export interface ConnectionDeps {
  now: Clock;
  /** Names of the platforms that should be connected. */
  platforms: string[];
  adapters: Map<string, ChatAdapter>;
}

/** A connection that is cut comes back by itself within seconds; one that is away for longer is told. */
const GRACE_MS = 60_000;

/** A function that looks at all connections; `away` are those that no look found connected for a minute, and since when. */
export function watchConnections({ now, platforms, adapters }: ConnectionDeps): () => { platforms: Record<string, ConnectionState>; away: [name: string, since: Date][] } {
  const since = new Map<string, Date>();
  return () => {
    const at = now();
    const states = platforms.map((name): [string, ConnectionState] => {
      const adapter = adapters.get(name);
      return [name, adapter?.state?.() ?? { connected: adapter !== undefined }];
    });
    for (const [name, { connected }] of states) {
      if (connected) since.delete(name);
      else if (!since.has(name)) since.set(name, at);
    }
    return { platforms: Object.fromEntries(states), away: [...since].filter(([, from]) => at.getTime() - from.getTime() >= GRACE_MS) };
  };
}
