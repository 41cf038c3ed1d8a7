// Is the bot doing its work? Asked by whoever supervises it, so in counts and times: no name of a channel or a workspace.
import type { ConnectionState } from '../core/platform.ts';
import { wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { count } from '../core/text.ts';
import type { Db } from '../db/connect.ts';
import { readDeliveryHealth, type DeliveryHealth } from '../db/delivery-health.ts';
import { sourceHealth } from '../db/source-runs.ts';
import { watchConnections, type ConnectionDeps } from './connections.ts';

export interface ReadyDeps extends ConnectionDeps {
  db: Db;
  log: Log;
  stopping(): boolean;
}

export interface Readiness {
  ready: boolean;
  /** Why not, a sentence each. */
  reasons: string[];
  platforms: Record<string, ConnectionState>;
  database: boolean;
  /** Missing when the database can't be asked. */
  delivery?: DeliveryHealth;
  sources?: { name: string; lastGoodAt: Date | undefined; failingSince: Date | undefined }[];
}

/** A database that doesn't answer in this time doesn't answer. */
const DATABASE_MS = 5_000;

/**
 * A function that looks how the bot is doing. Ask it each minute at least: how long a connection has been away is
 * known from one look to the next. Who asks while it looks gets the same answer. Never throws.
 */
export function watchReadiness(deps: ReadyDeps): () => Promise<Readiness> {
  const lookAtConnections = watchConnections(deps);
  let looking: Promise<Readiness> | undefined;
  return () => (looking ??= look(deps, lookAtConnections).finally(() => (looking = undefined)));
}

async function look(deps: ReadyDeps, lookAtConnections: ReturnType<typeof watchConnections>): Promise<Readiness> {
  const reasons = deps.stopping() ? ['It is stopping.'] : [];
  const now = deps.now();
  const { platforms, away } = lookAtConnections();
  for (const [name, since] of away) reasons.push(`${name} has not been connected since ${since.toISOString()}.`);
  try {
    const [delivery, sources] = await inTime(Promise.all([readDeliveryHealth(deps.db, deps.platforms, now), sourceHealth(deps.db, now)]));
    const { slots, since } = delivery.overdue;
    if (slots) reasons.push(`${count(slots, 'slot')} overdue; the oldest was due at ${since!.toISOString()}.`);
    const known = sources.map(({ name, lastGoodAt, failingSince }) => ({ name, lastGoodAt, failingSince }));
    return { ready: reasons.length === 0, reasons, platforms, database: true, delivery, sources: known };
  } catch (error) {
    // Its words can name hosts and users: they are for the log.
    deps.log.warn({ error: wordsOf(error) }, 'database not reached for readiness');
    return { ready: false, reasons: [...reasons, 'The database can’t be asked: see the log.'], platforms, database: false };
  }
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${DATABASE_MS / 1_000} s`)), DATABASE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
