// Stands before a loopback platform and enforces its documented limits, by the strictest reading, with a 429 where one is broken.
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface Seen {
  method: string;
  path: string;
  body: string;
}

/** Milliseconds to wait for a request that breaks a limit; undefined for one that keeps them, which is then counted. */
export type Limit = (seen: Seen, at: number) => number | undefined;

export interface Gate {
  url: string;
  /** When each request that counts came in, in milliseconds of `performance.now()`. */
  came: number[];
  refused: () => number;
  stop(): Promise<void>;
}

/** Forwards what keeps the limit to `origin`. `counts` says which requests are of the fan-out. */
export async function openGate(origin: string, limit: Limit, counts: (seen: Seen) => boolean): Promise<Gate> {
  const came: number[] = [];
  let refused = 0;
  const to = new URL(origin);
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then((body) => {
      const seen = { method: incoming.method!, path: incoming.url!, body };
      const at = performance.now();
      const wait = limit(seen, at);
      if (counts(seen)) came.push(at);
      if (wait !== undefined) {
        refused++;
        const seconds = Math.max(0.001, wait / 1_000);
        outgoing.writeHead(429, { 'content-type': 'application/json', 'retry-after': String(Math.ceil(seconds)) });
        outgoing.end(JSON.stringify({ ok: false, error: 'ratelimited', message: 'You are being rate limited.', retry_after: seconds, global: false }));
        return;
      }
      const onward = httpRequest({ host: to.hostname, port: to.port, method: seen.method, path: seen.path, headers: incoming.headers }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    came,
    refused: () => refused,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Discord: 50 requests in any second for a bot token (docs, “Global Rate Limit”), and 5 messages in 5 seconds in a channel. */
export function discordLimits(): Limit {
  const all = window(50, 1_000);
  const channels = new Map<string, ReturnType<typeof window>>();
  return ({ method, path }, at) => {
    // Answers to interactions don't count (docs, “Interaction Endpoints are not bound to the bot's Global Rate Limit”).
    if (isInteraction(path)) return undefined;
    const channel = method === 'POST' ? /\/channels\/(\d+)\/messages$/.exec(path)?.[1] : undefined;
    return all(at) ?? (channel ? own(channels, channel, () => window(5, 5_000))(at) : undefined);
  };
}

/** Slack: one message in any second in a channel (docs, “Rate limits”, chat.postMessage), without a burst. */
export function slackLimits(): Limit {
  const channels = new Map<string, ReturnType<typeof window>>();
  return ({ path, body }, at) => {
    if (!path.endsWith('/chat.postMessage')) return undefined;
    return own(channels, new URLSearchParams(body).get('channel') ?? '', () => window(1, 1_000))(at);
  };
}

export function isInteraction(path: string): boolean {
  return /\/(interactions|webhooks)\//.test(path);
}

// At most `most` in any `ms` milliseconds; one that is refused isn't counted.
function window(most: number, ms: number): (at: number) => number | undefined {
  let passed: number[] = [];
  return (at) => {
    passed = passed.filter((one) => one > at - ms);
    if (passed.length >= most) return passed[0]! + ms - at;
    passed.push(at);
    return undefined;
  };
}

function own<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (!value) map.set(key, (value = make()));
  return value;
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of incoming.setEncoding('utf8')) body += chunk as string;
  return body;
}
