// One request to a source: a time limit, our own User-Agent, and every kind of failure as a SourceError.
import { readFileSync } from 'node:fs';
import { SourceError, wordsOf } from '../core/errors.ts';
import type { SourceIo } from '../core/source.ts';

const TIMEOUT_MS = 30_000;

export interface SourceAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/**
 * Reads a whole answer of status 200 or 304, after waiting for this source's turn. Throws SourceError otherwise, in
 * the server's own words where `explain` finds them in the body, with the time after which it may be asked again.
 */
export async function get(
  url: URL,
  io: SourceIo,
  headers: Record<string, string>,
  explain: (body: string) => string | undefined,
): Promise<SourceAnswer> {
  await io.pace();
  io.signal.throwIfAborted();
  const timeoutMs = io.timeoutMs ?? TIMEOUT_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await io.fetch(url, {
      headers: { 'user-agent': userAgent(io.env.PAPERROUND_CONTACT), ...headers },
      signal: AbortSignal.any([io.signal, timeout]),
    });
    const answer = { status: response.status, headers: response.headers, text: await response.text() };
    if (answer.status === 200 || answer.status === 304) return answer;
    throw refusal(url, answer, io.now(), explain(answer.text));
  } catch (error) {
    if (io.signal.aborted) throw io.signal.reason;
    if (error instanceof SourceError) throw error;
    if (timeout.aborted) throw new SourceError(`${url.host} did not answer within ${timeoutMs / 1000} s`, { cause: error });
    throw new SourceError(`${url.host} could not be reached: ${reasonOf(error)}`, { cause: error });
  }
}

/** `Paperround/1.2.3`, with an address to write to when the settings name one: sources like to know whom to ask. */
export function userAgent(contact: string | undefined): string {
  return `Paperround/${VERSION}${contact ? ` (+${contact})` : ''}`;
}

const VERSION = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

function refusal(url: URL, answer: SourceAnswer, now: Date, words: string | undefined): SourceError {
  const { status, headers } = answer;
  const said = words ?? (status === 429 ? 'too many requests' : '');
  const retryAfterMs = quotaReset(headers) ?? retryAfter(headers, now);
  return new SourceError(`${url.host} answered ${status}${said ? `: ${said.slice(0, 200)}` : ''}`, {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    // 400 is worth another try: arXiv has answered so to good requests in a bad hour.
    retry: ![401, 403, 404, 410].includes(status),
  });
}

/**
 * Milliseconds until a spent quota is whole again; undefined while some is left. Read from the `RateLimit` header,
 * `"api";r=0;t=120` (remaining, seconds to reset), with the second of grace that Hugging Face's own client gives.
 */
export function quotaReset(headers: Headers): number | undefined {
  const quota = /\br=(\d+)\s*;\s*t=(\d+)/.exec(headers.get('ratelimit') ?? '');
  return quota && Number(quota[1]) === 0 ? (Number(quota[2]) + 1) * 1000 : undefined;
}

/** Milliseconds from `Retry-After`: seconds, or a date. */
function retryAfter(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

// fetch says no more than "fetch failed"; the cause knows why.
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : wordsOf(cause ?? error);
}
