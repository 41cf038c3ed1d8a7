// What went wrong, as a page that says what to do.
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { SUBSCRIBE_PATH } from '../../core/email-door.ts';
import { UserError, wordsOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { messageMain } from '../pages/message.ts';
import { badRequest, Refused, tooBusy, type EditionDeps } from './deps.ts';
import { HTML, pageOf } from './site.ts';
import { Busy } from './turns.ts';

const BUSY_SECONDS = 5;
const AWAY_SECONDS = 30;

/** Anything thrown as an answer. What nobody foresaw is logged, and the page has the reference. */
export function refusalOf(error: unknown, log: Log, path: string): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof UserError) return badRequest(error.message);
  if (error instanceof HTTPException) return ofFramework(error);
  if (error instanceof Busy) {
    log.warn({ path, why: error.message }, 'page not made, too many are asked for');
    return tooBusy(BUSY_SECONDS);
  }
  const reference = randomBytes(4).toString('hex');
  log.error({ call: reference, path, error: wordsOf(error) }, 'page failed');
  // A query that fails is mostly a database that is away.
  if (error instanceof Error && error.message.startsWith('Failed query:')) return tooBusy(AWAY_SECONDS);
  return new Refused(500, { title: 'Something went wrong', says: ['Try again in a minute.', `If it stays, tell whoever runs these pages this reference: ${reference}`] });
}

function ofFramework({ status }: HTTPException): Refused {
  if (status === 403) return new Refused(403, { title: 'Not from here', says: ['This form is sent from its own page. Open that page, and send it from there.'], links: [{ label: 'Subscribe by email', path: SUBSCRIBE_PATH }] });
  return badRequest('This request can’t be read.');
}

export function refusalPage(c: Context, { status, page, retryAfter }: Refused, deps: EditionDeps): Response {
  const { body } = pageOf(deps, { title: page.title, description: page.says[0]!, feeds: [], main: messageMain(page) });
  const more = { ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }), ...(status === 405 ? { allow: 'GET, HEAD' } : {}) };
  return c.body(body, status, { 'content-type': HTML, 'cache-control': 'no-store', ...more });
}
