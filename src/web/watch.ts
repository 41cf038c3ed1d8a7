// How the bot is watched from outside: its readiness and its metrics.
import type { Route } from '../core/platform.ts';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/schedule.ts';
import type { Metrics } from '../metrics.ts';
import { metricsRoute } from './metrics.ts';
import type { Readiness } from './ready.ts';

export interface Watch {
  routes: Route[];
  /** Told of what happens. */
  metrics: Metrics;
}

export async function openWatch(deps: { readiness: () => Promise<Readiness>; now: Clock; log: Log; metricsToken: string | undefined }): Promise<Watch> {
  // 12 MB that a bot without an HTTP server is spared.
  const { openMetrics } = await import('../metrics.ts');
  const metrics = openMetrics();
  const text = async () => metrics.text({ now: deps.now(), ...(await deps.readiness()) });
  const ready = readyRoute(deps.readiness);
  return { routes: [ready, metricsRoute({ token: deps.metricsToken, contentType: metrics.contentType, text, log: deps.log })], metrics };
}

/** 200 when ready, else 503; the body says the same in JSON. */
function readyRoute(look: () => Promise<Readiness>): Route {
  return {
    method: 'GET',
    path: '/readyz',
    handle(_request, response) {
      void look().then((readiness) => {
        response.writeHead(readiness.ready ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(`${JSON.stringify(readiness)}\n`);
      });
    },
  };
}
