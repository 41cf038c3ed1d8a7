// How a page comes to be: made in turn, kept for a minute, with a digest of what it says.
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { page, type Shell } from '../pages/shell.ts';
import type { EditionDeps } from './deps.ts';
import { keepMade } from './kept.ts';
import { openLists, type Lists } from './lists.ts';
import { takeTurns } from './turns.ts';

/** What pages know of a request beside itself: the address of who asks. */
export interface Env {
  Bindings: { address: string };
}

/** A body, ready to be sent. */
export interface Made {
  body: string;
  type: string;
  etag: string;
  /** Seconds that browsers and proxies may keep it. */
  maxAge: number;
}

export interface Site extends EditionDeps {
  lists: Lists;
  /** Acts when it is its turn: whatever asks the database. Throws Busy when too much is being made. */
  inTurn: ReturnType<typeof takeTurns>;
  /** What is kept under this key, or made now, in turn. */
  made(key: string, make: () => Promise<Omit<Made, 'etag'>>): Promise<Made>;
}

/** As new as anybody needs it, and old enough that a flood of readers costs as much as one. */
const KEEP_MS = 60_000;
/** Some 10 MB. */
const MOST_KEPT = 250;
/** The bot has ten connections for whoever waits: four of them for readers at the most. */
const TURNS = { atOnce: 4, waiting: 100, longestMs: 10_000 };

export const LIVE = 60;
export const SETTLED = 600;

export function openSite(deps: EditionDeps): Site {
  const { now, keepMs = KEEP_MS } = deps;
  const keep = keepMade<Made>({ now, keepMs, most: MOST_KEPT });
  const inTurn = takeTurns(TURNS);
  return {
    ...deps,
    inTurn,
    lists: openLists({ ...deps, keepMs }),
    made: (key, make) =>
      keep(key, () =>
        inTurn(async () => {
          const made = await make();
          return { ...made, etag: `"${createHash('sha256').update(made.body).digest('base64url').slice(0, 22)}"` };
        }),
      ),
  };
}

/** A page as it is sent. */
export function pageOf({ publicUrl }: Pick<EditionDeps, 'publicUrl'>, shell: Omit<Shell, 'publicUrl'>, maxAge = LIVE): Omit<Made, 'etag'> {
  return { body: page({ ...shell, publicUrl }), type: HTML, maxAge };
}

export const HTML = 'text/html; charset=utf-8';

export function send(c: Context, { body, type, etag, maxAge }: Made): Response {
  return c.body(body, 200, { 'content-type': type, etag, 'cache-control': `public, max-age=${maxAge}, stale-while-revalidate=${5 * maxAge}` });
}
