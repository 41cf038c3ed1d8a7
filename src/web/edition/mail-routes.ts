// Which pages of e-mail stand at which address; none where there is no e-mail.
import type { Context, Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { SUBSCRIBE_PATH, type EmailDoor } from '../../core/email-door.ts';
import { allow } from './asker.ts';
import { Refused } from './deps.ts';
import { confirm, confirmPage, readToken, subscribe, subscribePage, unsubscribe, unsubscribePage, type MailPage } from './mail.ts';
import { HTML, pageOf, type Env, type Site } from './site.ts';

/** Some kilobytes: an address, a zone and the names of all topics. */
const LONGEST_BODY = 8_192;
/** Mails that one address may ask for; what the door allows is counted over all processes. */
const ASKING = { burst: 5, perSecond: 5 / 3_600 };

export function mailRoutes(app: Hono<Env>, site: Site): void {
  const { email: door, publicUrl } = site;
  if (!door) return;
  const asked = allow(ASKING, site.now);
  const ours = csrf({ origin: publicUrl });

  app.get(SUBSCRIBE_PATH, (c) => show(c, site, subscribePage(site)));
  app.post(SUBSCRIBE_PATH, ours, async (c) => {
    const form = await readForm(c);
    if (form.get('step') !== 'choose') countAsked(asked(c.env.address));
    return show(c, site, await subscribe(form, door, c.env.address, site));
  });
  app.get('/email/confirm', (c) => show(c, site, confirmPage(readToken(c))));
  app.post('/email/confirm', ours, async (c) => show(c, site, await confirm(readToken(c), door)));
  app.get('/email/unsubscribe', (c) => show(c, site, unsubscribePage(readToken(c))));
  app.post('/email/unsubscribe', async (c) => leave(c, site, door));
}

// RFC 8058: a mailbox provider posts this for a person who pressed its own button, from no page, and wants no page back.
async function leave(c: Context<Env>, site: Site, door: EmailDoor): Promise<Response> {
  const token = readToken(c);
  const isOneClick = (await readForm(c)).get('List-Unsubscribe') === 'One-Click';
  const page = await unsubscribe(token, door);
  return isOneClick && !page.status ? c.text('Unsubscribed.\n', 200, { 'cache-control': 'no-store' }) : show(c, site, page);
}

// Proxies hand a form on in parts, without saying how long it will be: Hono’s own limit can’t read those here.
async function readForm(c: Context): Promise<URLSearchParams> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > LONGEST_BODY) throw new Refused(413, { title: 'Too long', says: ['What was sent is too long for this form.'] });
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

function countAsked(wait: number): void {
  if (wait > 0) throw new Refused(429, { title: 'Too many at once', says: ['Too many confirmations were asked for from where you are. Try again later.'] }, wait);
}

function show(c: Context<Env>, site: Site, { title, main, status = 200 }: MailPage): Response {
  const { body } = pageOf(site, { title, description: 'Trending papers by email.', feeds: [], main });
  return c.body(body, status, { 'content-type': HTML, 'cache-control': 'no-store' });
}
