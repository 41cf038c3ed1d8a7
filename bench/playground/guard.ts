// Who may ask the playground: pages that it served itself, on this machine.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../../src/core/platform.ts';
import { answer } from '../../src/web/server.ts';

/** Nothing from elsewhere, and nothing that the page doesn't bring along as a file of its own. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  // With `no-referrer`, browsers would hide where a form comes from.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/**
 * The route behind a look at who asks. A name that someone else's DNS points to this machine is refused by its Host,
 * another site's form or script by its Origin, which browsers send with every POST.
 */
export function guarded(route: Route): Route {
  return {
    ...route,
    handle(request, response) {
      const problem = problemOf(request);
      if (problem) return answer(response, 403, `${problem}\n`);
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      route.handle(request, response);
    },
  };
}

function problemOf({ headers, method, socket }: IncomingMessage): string | undefined {
  const { host = '', origin } = headers;
  const own = ['127.0.0.1', 'localhost'].map((name) => `${name}:${socket.localPort}`);
  if (!own.includes(host)) return 'The playground answers to 127.0.0.1 and localhost alone.';
  if (method !== 'GET' && origin !== `http://${host}`) return 'The playground takes forms from its own page alone.';
  return undefined;
}

/** Longest form: a line and what it was said from. */
const MOST_BYTES = 100_000;

/** The fields of a posted form. Throws when it is too long. */
export async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > MOST_BYTES) throw new Error('That is too long.');
  }
  return new URLSearchParams(text);
}

export function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
}
