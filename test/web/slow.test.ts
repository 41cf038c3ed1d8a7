// Clients that take their time: each is cut off, and meanwhile others are served.
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Route } from '../../src/core/platform.ts';
import { silent } from '../../src/core/log.ts';
import { openWeb, type Patience } from '../../src/web/server.ts';

/** So long that nothing of a test waits for it. */
const NEVER = 3_600_000;
const NONE: Patience = { headersMs: NEVER, bodyMs: 2 * NEVER, idleMs: NEVER, wholeMs: NEVER, lookMs: 20 };
const MANY = 50;

const BODY: Partial<Patience> = { headersMs: 100, bodyMs: 100 };
const FORM = 'POST /form HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n';
/** More than any socket takes in without being read. */
const LARGE = Buffer.alloc(64 << 20, 'x');

function routes(ended: () => void): Route[] {
  return [
    { method: 'GET', path: '/short', handle: (_request, response) => void response.end('served') },
    { method: 'GET', path: '/large', handle: (_request, response) => void response.once('close', ended).end(LARGE) },
    { method: 'GET', path: '/silent', handle: () => {} },
    { method: 'POST', path: '/form', handle: (request, response) => void request.resume().on('end', () => response.end('taken')) },
    // Doesn't wait for what is sent.
    { method: 'POST', path: '/refused', handle: (_request, response) => void response.writeHead(404).end() },
  ];
}

async function served(patience: Partial<Patience>) {
  let ended = () => {};
  const largeEnded = new Promise<void>((resolve) => (ended = resolve));
  const web = await openWeb(routes(ended), { host: '127.0.0.1', port: 0 }, silent, undefined, { ...NONE, ...patience });
  onTestFinished(() => web.stop());
  const { hostname, port } = new URL(web.url);
  /** Sends this, and then goes on in drops if it has any; resolves once it is cut off. */
  function open(bytes: string, drop?: string): { socket: Socket; cutOff: Promise<unknown> } {
    const socket = connect(Number(port), hostname).on('error', () => {});
    socket.write(bytes);
    const drip = drop === undefined ? undefined : setInterval(() => socket.write(drop), 5);
    return { socket, cutOff: once(socket, 'close').finally(() => clearInterval(drip)) };
  }
  return { open, get: async () => (await fetch(`${web.url}/short`)).text(), largeEnded };
}

describe('a client that', () => {
  test.each<[string, Partial<Patience>, string, string?]>([
    ['says nothing', { headersMs: 100 }, ''],
    ['never ends its headers', { headersMs: 100 }, 'GET /short HTTP/1.1\r\nhost: x\r\n'],
    ['sends its headers letter by letter', { headersMs: 100 }, 'GET /short HTTP/1.1\r\nhost: x\r\ncookie: ', 'a'],
    ['never ends its form', BODY, FORM],
    ['sends its form byte by byte', BODY, FORM, 'a'],
    ['sends a form that nobody wants byte by byte', BODY, FORM.replace('/form', '/refused'), 'a'],
    ['sends its form in endless parts', BODY, 'POST /form HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\na\r\n'],
    ['waits for an answer that doesn’t come', { wholeMs: 100 }, 'GET /silent HTTP/1.1\r\nhost: x\r\n\r\n'],
  ])('%s is cut off, and others are served', async (_what, patience, bytes, drop) => {
    const { open, get } = await served(patience);
    const slow = Array.from({ length: MANY }, () => open(bytes, drop));
    for (const { socket } of slow) socket.resume();
    expect(await get()).toBe('served');
    await Promise.all(slow.map(({ cutOff }) => cutOff));
    expect(await get()).toBe('served');
  });

  test.each<[string, Partial<Patience>, number]>([
    ['never takes its answer', { idleMs: 100 }, 0],
    ['takes its answer in drops', { wholeMs: 100 }, 1_024],
  ])('%s is cut off, and others are served', async (_what, patience, drop) => {
    const { open, get, largeEnded } = await served(patience);
    const { socket, cutOff } = open('GET /large HTTP/1.1\r\nhost: x\r\n\r\n');
    let taken = 0;
    const sips = setInterval(() => drop && (taken += (socket.read(drop) as Buffer | null)?.length ?? 0), 5);
    expect(await get()).toBe('served');
    await largeEnded;
    clearInterval(sips);
    // What was under way still comes, and no more.
    socket.on('data', (chunk: Buffer) => (taken += chunk.length));
    await cutOff;
    expect(taken).toBeLessThan(LARGE.length);
    expect(await get()).toBe('served');
  });
});
