// Who may read the metrics: this machine, or whoever has the token.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { Route } from '../core/platform.ts';
import { wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { answer } from './server.ts';

export interface MetricsDeps {
  /** METRICS_TOKEN; undefined: nobody but this machine. */
  token: string | undefined;
  contentType: string;
  text: () => Promise<string>;
  log: Log;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** What proxies add: with any of these, the peer is a proxy on this machine and not the one who asks. */
const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/** 401 where the token is missing or wrong, 403 where there is none to give. */
export function metricsRoute({ token, contentType, text, log }: MetricsDeps): Route {
  return {
    method: 'GET',
    path: '/metrics',
    handle(request, response) {
      if (!isLocal(request) && !hasToken(request, token)) {
        if (token === undefined) return answer(response, 403, 'From this machine only; METRICS_TOKEN opens it to others.\n');
        response.setHeader('www-authenticate', 'Bearer');
        return answer(response, 401);
      }
      const told = (words: string) => response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(words);
      text().then(told, (error: unknown) => {
        log.error({ error: wordsOf(error) }, 'metrics not told');
        answer(response, 500);
      });
    },
  };
}

/** True when the request came from a process on this machine, and through no proxy: a header can't claim it, only take it away. */
export function isLocal({ socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } }): boolean {
  // Absent once the client has gone.
  const peer = socket.remoteAddress;
  if (peer === undefined || PROXY_HEADERS.some((name) => headers[name] !== undefined)) return false;
  return loopback.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4');
}

// Compared as digests, which have one length: the time tells nothing of the token.
function hasToken({ headers }: IncomingMessage, token: string | undefined): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const digest = (words: string) => createHash('sha256').update(words).digest();
  return token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token));
}
