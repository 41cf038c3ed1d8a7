// The one HTTP server: what platforms mount, and what the bot is watched by.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Route } from '../core/platform.ts';
import { wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

export interface Web {
  url: string;
  /** Stops taking requests and waits for those under way, 2 seconds at most. */
  stop(): Promise<void>;
}

/** How long a client may take, in milliseconds: whoever takes longer is cut off, and holds up nobody else. */
export interface Patience {
  /** To end its headers. */
  headersMs: number;
  /** To end its body. */
  bodyMs: number;
  /** To send or take anything at all. */
  idleMs: number;
  /** To have taken the whole answer, however it comes by in drops, since it asked. The bot’s own time is in it. */
  wholeMs: number;
  /** How often it is looked at. */
  lookMs: number;
}

const PATIENCE: Patience = { headersMs: 10_000, bodyMs: 30_000, idleMs: 60_000, wholeMs: 60_000, lookMs: 2_000 };
const LONGEST_HEADERS = 16_384;
const MOST_CONNECTIONS = 2_000;
/** How long stopping waits for requests under way. */
const CLOSE_MS = 2_000;

/** Answers what no route is for. */
export type Others = Route['handle'];

/** Listens on host and port (0: any free one). Throws when the port is taken. */
export async function openWeb(routes: Route[], at: { host: string; port: number }, log: Log, others?: Others, patience: Patience = PATIENCE): Promise<Web> {
  const { headersMs: headersTimeout, bodyMs: requestTimeout, idleMs, wholeMs, lookMs: connectionsCheckingInterval } = patience;
  const server = createServer({ headersTimeout, requestTimeout, connectionsCheckingInterval, maxHeaderSize: LONGEST_HEADERS }, (request, response) => {
    const tooLong = setTimeout(() => request.socket.destroy(), wholeMs);
    response.once('close', () => clearTimeout(tooLong));
    route(routes, request, response, log, others);
  });
  server.setTimeout(idleMs);
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`, stop: () => close(server) };
}

function route(routes: Route[], request: IncomingMessage, response: ServerResponse, log: Log, others?: Others): void {
  const path = (request.url ?? '/').split('?')[0];
  const found = routes.find((one) => one.path === path && one.method === request.method);
  try {
    if (found) found.handle(request, response);
    else if (others && !routes.some((one) => one.path === path)) others(request, response);
    else answer(response, routes.some((one) => one.path === path) ? 405 : 404);
  } catch (error) {
    log.error({ path, error: wordsOf(error) }, 'request failed');
    if (!response.headersSent) answer(response, 500);
  }
}

/** A short plain-text answer. */
export function answer(response: ServerResponse, status: number, words = ''): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  response.end(words);
}

// A client that takes its time, or keeps its connection open, doesn't keep the bot from stopping.
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
