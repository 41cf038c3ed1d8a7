// The network between the bots and the platforms: it passes requests on, and loses, delays, garbles and refuses them as planned.
import { once } from 'node:events';
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { PlatformName } from './plan.ts';

/** The sender is killed while its request is under way: before the platform did anything, and it never will; before, and it still does; after. */
export type HeldStep = 'during send, lost' | 'during send, done' | 'after the platform accepted';

/** `before` and `after` the platform acted. */
export type NetworkFault =
  | HeldStep
  | 'reset before'
  | 'reset after'
  | 'silence before'
  | 'silence after'
  | 'half an answer'
  | 'limited'
  | '500 before'
  | '500 after'
  | '502 page'
  | '200 page';

/** A message that is posted, or a look at what stands in a channel. */
export type RequestKind = 'post' | 'look';

/** What goes wrong with the edits of messages, one after the other, over and over: nothing of it may leave a trace. */
const EDIT_FAULTS = [undefined, 'reset before', undefined, 'reset after', 'limited', undefined, '500 after', '200 page'] as const;

/** The n-th request of a kind, over all processes, goes wrong. */
export interface Planned {
  platform: PlatformName;
  request: RequestKind;
  nth: number;
  fault: NetworkFault;
}

export interface NetworkOptions {
  /** The platforms' addresses, without a slash at the end. */
  targets: Record<PlatformName, string>;
  planned: Planned[];
  unreadable: PlatformName | undefined;
  /** How long the next request takes to arrive, in milliseconds. */
  latency: () => number;
  /** Ends a process with SIGKILL; resolves when it is dead. */
  kill: (host: number, step: HeldStep) => Promise<void>;
  note: (words: string) => void;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const RETRY_AFTER_S = 7;
const PAGE = '<html><body>Bad gateway</body></html>';

export async function openNetwork({ targets, planned, unreadable, latency, kill, note }: NetworkOptions) {
  const agent = new Agent({ keepAlive: true });
  const seen = new Map<string, number>();
  const left = [...planned];
  let edits = 0;
  const server = createServer((incoming, response) => void serve(incoming, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, platform, host, rest] = /^\/(slack|discord)\/(\d+)(\/.*)$/.exec(incoming.url!)! as unknown as [string, PlatformName, string, string];
    const body = await bodyOf(incoming);
    const kind = kindOf(incoming.method!, rest);
    const fault = kind === 'edit' ? EDIT_FAULTS[edits++ % EDIT_FAULTS.length] : kind ? faultOf(platform, kind) : undefined;
    if (kind) await pause(latency());
    const forward = () => passOn(targets[platform] + rest, incoming, body);
    if (fault) note(`network: ${platform} ${kind} of process ${host}: ${fault}`);
    if (kind === 'look' && platform === unreadable) return end(response, forbidden(platform));
    const answer = await play(fault, Number(host), forward, response);
    if (answer) end(response, answer);
  }

  function faultOf(platform: PlatformName, kind: RequestKind): NetworkFault | undefined {
    const nth = (seen.get(`${platform} ${kind}`) ?? 0) + 1;
    seen.set(`${platform} ${kind}`, nth);
    const at = left.findIndex((one) => one.platform === platform && one.request === kind && one.nth === nth);
    return at < 0 ? undefined : left.splice(at, 1)[0]!.fault;
  }

  async function play(fault: NetworkFault | undefined, host: number, forward: () => Promise<Answer>, response: ServerResponse): Promise<Answer | undefined> {
    switch (fault) {
      case undefined:
        return forward();
      case 'during send, lost':
        return void (await kill(host, fault));
      case 'during send, done':
        await kill(host, fault);
        return void (await forward());
      case 'after the platform accepted':
        await forward();
        return void (await kill(host, fault));
      case 'reset before':
      case 'reset after':
        if (fault === 'reset after') await forward();
        return void response.socket?.resetAndDestroy();
      case 'silence after':
        return void (await forward());
      case 'silence before':
        return undefined;
      case 'half an answer': {
        const { status, headers, body } = await forward();
        response.writeHead(status, headers);
        response.write(body.subarray(0, body.length / 2), () => response.socket?.resetAndDestroy());
        return undefined;
      }
      case 'limited':
        return { status: 429, headers: { 'retry-after': String(RETRY_AFTER_S), ...JSON_TYPE }, body: Buffer.from(`{"message":"slow down","retry_after":${RETRY_AFTER_S},"global":false}`) };
      case '500 before':
      case '500 after':
        if (fault === '500 after') await forward();
        return { status: 500, headers: JSON_TYPE, body: Buffer.from('{"message":"internal"}') };
      case '502 page':
        return { status: 502, headers: HTML_TYPE, body: Buffer.from(PAGE) };
      case '200 page':
        return { status: 200, headers: HTML_TYPE, body: Buffer.from(PAGE) };
    }
  }

  function passOn(url: string, { method, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { host: _, connection: __, 'transfer-encoding': ___, ...rest } = headers;
      const passed = ask(url, { method, agent, headers: { ...rest, 'content-length': body.length } }, (answer) => {
        bodyOf(answer).then((whole) => resolve({ status: answer.statusCode!, headers: plain(answer.headers), body: whole }), reject);
      });
      passed.on('error', reject);
      passed.end(body);
    });
  }

  return {
    /** Where a process finds a platform. */
    urlFor: (platform: PlatformName, host: number): string => `${origin}/${platform}/${host}`,
    /** How many messages were to be edited so far. */
    edits: (): number => edits,
    /** No more faults, from now on. */
    calm(): void {
      left.length = 0;
    },
    async stop(): Promise<void> {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html' };

function kindOf(method: string, path: string): RequestKind | 'edit' | undefined {
  if (path.endsWith('/chat.update') || (method === 'PATCH' && /\/channels\/\d+\/messages\/\d+$/.test(path))) return 'edit';
  if (path.endsWith('/chat.postMessage')) return 'post';
  if (/\/conversations\.(history|replies)$/.test(path)) return 'look';
  // A forum's posts are threads: begun, listed, and looked into.
  if (/\/threads\/(active|archived)|\/channels\/(\d+)\/messages\/\2$/.test(path)) return 'look';
  if (!/\/channels\/\d+\/(messages(\?|$)|threads$)/.test(path)) return undefined;
  return method === 'POST' ? 'post' : 'look';
}

function forbidden(platform: PlatformName): Answer {
  const slack = { status: 200, body: { ok: false, error: 'missing_scope' } };
  const discord = { status: 403, body: { code: 50013, message: 'Missing Permissions' } };
  const { status, body } = platform === 'slack' ? slack : discord;
  return { status, headers: JSON_TYPE, body: Buffer.from(JSON.stringify(body)) };
}

function end(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

// The length and the connection are this server's own.
function plain({ connection: _, 'keep-alive': __, 'content-length': ___, 'transfer-encoding': ____, ...headers }: IncomingMessage['headers']): Answer['headers'] {
  return headers;
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
