// The one HTTP server: what platforms mount, health and metrics, and the web edition where it has an address.
import type { Config } from './config.ts';
import type { EmailDoor } from './core/email-door.ts';
import type { Log } from './core/log.ts';
import type { Route } from './core/platform.ts';
import type { Clock } from './core/schedule.ts';
import type { Db } from './db/connect.ts';
import { readProxies } from './proxies.ts';
import type { Readiness } from './web/ready.ts';
import { openWeb, type Others, type Web } from './web/server.ts';
import { openWatch, type Watch } from './web/watch.ts';

export interface HttpParts {
  config: Config;
  db: Db;
  now: Clock;
  log: Log;
  readiness: () => Promise<Readiness>;
  /** Asked anew with each request: a platform may mount its own later. */
  routes: Route[];
  /** Missing: nobody can subscribe by email. */
  email?: EmailDoor | undefined;
}

/** Listens. Throws when the port is taken. */
export async function openHttp(parts: HttpParts, at: { host: string; port: number }): Promise<Web & { watch: Watch }> {
  const { config, now, log, readiness, routes } = parts;
  const watch = await openWatch({ readiness, now, log, metricsToken: config.http.metricsToken });
  routes.push(...watch.routes);
  return { ...(await openWeb(routes, at, log, await openPages(parts))), watch };
}

/** Loaded where it is wanted alone. */
async function openPages({ config, db, now, log, email }: HttpParts): Promise<Others | undefined> {
  const { publicUrl, proxies = '' } = config.http;
  if (!publicUrl) return undefined;
  const { openEdition } = await import('./web/edition/index.ts');
  return openEdition({ db, now, log, publicUrl, isProxy: readProxies(proxies), topics: config.topics, email });
}
