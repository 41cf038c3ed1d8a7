// What a source is given in tests, and an HTTP server on loopback that answers as it is told.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { silent } from '../../src/core/log.ts';
import type { PaperRecord, PaperSource, Rejection, SourceIo, Window } from '../../src/core/source.ts';

export function fixture(path: string): string {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');
}

export function makeIo(more: Partial<SourceIo> = {}): SourceIo {
  return {
    fetch,
    log: silent,
    now: () => new Date('2026-07-14T12:00:00Z'),
    env: {},
    cursor: undefined,
    pace: async () => {},
    signal: new AbortController().signal,
    categories: ['cs.AI', 'cs.LG'],
    ...more,
  };
}

export async function* bytesOf(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

export interface Read {
  records: PaperRecord[];
  rejected: Rejection[];
  cursor: Record<string, unknown> | undefined;
}

export async function readAll(source: PaperSource, window: Window | undefined, io: SourceIo): Promise<Read> {
  const read: Read = { records: [], rejected: [], cursor: undefined };
  for await (const item of source.fetch(window, io)) {
    if ('record' in item) read.records.push(item.record);
    else if ('rejected' in item) read.rejected.push(item.rejected);
    else read.cursor = item.cursor;
  }
  return read;
}

type Respond = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

export interface Loopback {
  base: string;
  /** Path and query of every request so far, with its headers. */
  asked: { url: string; headers: IncomingMessage['headers'] }[];
  respond: Respond;
}

/** A server for the file; each test says how it answers. */
export function useLoopback(): () => Loopback {
  const loopback: Loopback = { base: '', asked: [], respond: (_request, response) => void response.writeHead(404).end() };
  const server = createServer((request, response) => {
    loopback.asked.push({ url: request.url!, headers: request.headers });
    loopback.respond(request, response, new URL(request.url!, loopback.base));
  });
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    loopback.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => void (loopback.asked = []));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return () => loopback;
}
