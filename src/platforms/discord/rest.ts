// The bot token's requests: in their turn, each sent once. Answers to interactions don't go this way, and wait for nothing.
import type { RequestMethod, REST } from 'discord.js';
import type { Brake } from './brake.ts';
import type { Rank, Turns } from './turns.ts';

/** One request, sent once, when its turn comes. Throws discord.js's errors, or TryLater. */
export type Request = (method: 'GET' | 'POST' | 'PATCH', path: `/${string}`, body?: object, rank?: Rank) => Promise<unknown>;

export interface Rest {
  request: Request;
  close(): void;
}

export interface RestDeps {
  turns: Turns;
  brake: Brake;
  token: string;
  /** Milliseconds until a request without an answer is given up. */
  postMs: number;
  /** An answer came. */
  heard: (status: number) => void;
}

/** Where Discord's API is, as the library's options have it: its own place, unless DISCORD_API_URL names another. */
export function apiOf({ DISCORD_API_URL: url }: Record<string, string | undefined>): { api?: string } {
  return url ? { api: url.replace(/\/$/, '') } : {};
}

/** `rest` must neither retry nor wait: the outbox is the one retry loop, and the turns are the one pace. */
export function openRest(rest: REST, { turns, brake, token, postMs, heard }: RestDeps): Rest {
  rest.on('response', (_, { status, headers }) => {
    brake.note(status, headers.get('x-ratelimit-scope'));
    heard(status);
  });
  return {
    async request(method, path, body, rank) {
      brake.check();
      await turns.next(rank);
      // The library drops its token after a 401, and then no longer says what is wrong.
      return rest.setToken(token).request({
        method: method as RequestMethod,
        fullRoute: path,
        // The library's own timeout ends with the headers; an answer can also stall within its body.
        signal: AbortSignal.timeout(2 * postMs),
        ...(body ? { body } : {}),
      });
    },
    close() {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}
