// The web edition: today's papers, days, topics, papers, searches and feeds, for everybody.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';
import { answer } from '../server.ts';
import { addressOf, allow } from './asker.ts';
import { notFound, Refused, type EditionDeps } from './deps.ts';
import { feedRoutes } from './feed-routes.ts';
import { mailRoutes } from './mail-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { refusalOf, refusalPage } from './refusals.ts';
import { openSite, type Env } from './site.ts';
import { staticRoutes } from './static-routes.ts';

export type { EditionDeps } from './deps.ts';

/** Enough for a reader who turns pages, with a browser that fetches ahead. */
const READING = { burst: 60, perSecond: 2 };
const LONGEST_URL = 4_000;
const METHODS = ['GET', 'HEAD', 'POST'];

/** A function that answers every request that is nobody else's. */
export function openEdition(deps: EditionDeps): (request: IncomingMessage, response: ServerResponse) => void {
  const allowed = allow(READING, deps.now);
  const { host } = new URL(deps.publicUrl);
  const app = makeApp(deps);
  const askerOf = (request: IncomingMessage) => addressOf(request, deps.isProxy);
  const listener = getRequestListener((request, { incoming }) => app.fetch(request, { address: askerOf(incoming as IncomingMessage) }), LISTENING);
  return (request, response) => {
    const wait = allowed(askerOf(request));
    if (wait > 0) return refuse(response, 429, `Too much was asked for from where you are. Try again in ${wait} s.`, { 'retry-after': wait });
    if (!METHODS.includes(request.method ?? '')) return refuse(response, 405, 'Pages are read with GET.', { allow: 'GET, HEAD' });
    if ((request.url ?? '').length > LONGEST_URL) return refuse(response, 414, 'This address is too long.');
    // What the client calls this host is nobody's business: addresses in pages are those of PUBLIC_URL.
    request.headers.host = host;
    void listener(request, response);
  };
}

const LISTENING = {
  overrideGlobalObjects: false,
  errorHandler: () => new Response('This request can’t be read.\n', { status: 400, headers: { 'content-type': 'text/plain; charset=utf-8' } }),
};

function refuse(response: ServerResponse, status: number, words: string, headers: Record<string, string | number> = {}): void {
  for (const [name, value] of Object.entries({ 'cache-control': 'no-store', ...headers })) response.setHeader(name, value);
  answer(response, status, `${words}\n`);
}

function makeApp(deps: EditionDeps): Hono<Env> {
  const site = openSite(deps);
  const app = new Hono<Env>();
  app.use(headersFor(deps.publicUrl));
  app.use(etag());
  app.onError((error, c) => refusalPage(c, refusalOf(error, deps.log, c.req.path), deps));
  app.notFound((c) => refusalPage(c, notFound(), deps));
  mailRoutes(app, site);
  app.post('*', () => {
    throw new Refused(405, { title: 'Not that way', says: ['This page is read, and takes nothing that is sent to it.'], links: [{ label: 'What trends today', path: '/' }] });
  });
  staticRoutes(app);
  feedRoutes(app, site);
  pageRoutes(app, site);
  return app;
}

/** Nothing but our own stylesheet and icon is loaded, no script runs, nobody frames these pages. */
function headersFor(publicUrl: string) {
  const self = ["'self'"];
  const none = ["'none'"];
  return secureHeaders({
    contentSecurityPolicy: { defaultSrc: none, styleSrc: self, imgSrc: self, formAction: self, baseUri: none, frameAncestors: none },
    strictTransportSecurity: publicUrl.startsWith('https:') ? 'max-age=31536000' : false,
    // Of another origin nobody learns the address, and our own forms still say where they are from.
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
    // What a route says itself stays.
    overwrite: false,
  });
}
