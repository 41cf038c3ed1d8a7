// How a page comes to be: made in turn, kept for a minute, with a digest of what it says.
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { page, type Shell } from '../pages/shell.ts';
import type { EditionDeps } from './deps.ts';
import { watchChanges } from './changes.ts';
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
  /** Since when this process has known it to be so. */
  changedAt: Date;
  /** Seconds that browsers and proxies may keep it. */
  maxAge: number;
}

export interface Site extends EditionDeps {
  lists: Lists;
  /** Acts when it is its turn: whatever asks the database. Throws Busy when too much is being made. */
  inTurn: ReturnType<typeof takeTurns>;
  /** What is kept under this key, or made now, in turn. */
  made(key: string, make: () => Promise<Unsent>): Promise<Made>;
}

/** A body before it is known since when it has been so. */
export type Unsent = Omit<Made, 'etag' | 'changedAt'>;

/** As new as anybody needs it, and old enough that a flood of readers costs as much as one. */
const KEEP_MS = 60_000;
/** Some 10 MB. */
const MOST_KEPT = 250;
/** Some hundred bytes each. */
const MOST_WATCHED = 5_000;
/** The bot has ten connections for whoever waits: four of them for readers at the most. */
const TURNS = { atOnce: 4, waiting: 100, longestMs: 10_000 };

export const LIVE = 60;
export const SETTLED = 600;

export function openSite(deps: EditionDeps): Site {
  const { now, keepMs = KEEP_MS } = deps;
  const keep = keepMade<Made>({ now, keepMs, most: MOST_KEPT });
  const inTurn = takeTurns(TURNS);
  const changedAt = watchChanges(now, MOST_WATCHED);
  return {
    ...deps,
    inTurn,
    lists: openLists({ ...deps, keepMs }),
    made: (key, make) =>
      keep(key, () =>
        inTurn(async () => {
          const made = await make();
          const etag = `"${createHash('sha256').update(made.body).digest('base64url').slice(0, 22)}"`;
          return { ...made, etag, changedAt: changedAt(key, etag) };
        }),
      ),
  };
}

/** A page as it is sent. */
export function pageOf({ publicUrl }: Pick<EditionDeps, 'publicUrl'>, shell: Omit<Shell, 'publicUrl'>, maxAge = LIVE): Unsent {
  return { body: page({ ...shell, publicUrl }), type: HTML, maxAge };
}

export const HTML = 'text/html; charset=utf-8';

/** With what a reader needs to ask whether it has changed. ETags are compared by Hono’s own middleware. */
export function send(c: Context, { body, type, etag, changedAt, maxAge }: Made): Response {
  const headers = { 'content-type': type, etag, 'last-modified': changedAt.toUTCString(), 'cache-control': `public, max-age=${maxAge}, stale-while-revalidate=${5 * maxAge}` };
  return isKnown(c, changedAt) ? c.body(null, 304, headers) : c.body(body, 200, headers);
}

// Who names an ETag goes by that alone (RFC 9110, 13.1.3). A date has whole seconds, and of what can’t be read as one nothing is known.
function isKnown(c: Context, changedAt: Date): boolean {
  const since = c.req.header('if-none-match') === undefined ? Date.parse(c.req.header('if-modified-since') ?? '') : NaN;
  return since >= Math.floor(changedAt.getTime() / 1_000) * 1_000;
}
