// Which pages of e-mail stand at which address; none where there is no e-mail.
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import type { EmailDoor } from '../../core/email-door.ts';
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
  const small = bodyLimit({ maxSize: LONGEST_BODY });

  app.get('/subscribe', (c) => show(c, site, subscribePage(site)));
  app.post('/subscribe', ours, small, async (c) => {
    const form = new URLSearchParams(await c.req.text());
    if (form.get('step') !== 'choose') countAsked(asked(c.env.address));
    return show(c, site, await subscribe(form, door, c.env.address, site));
  });
  app.get('/email/confirm', (c) => show(c, site, confirmPage(readToken(c))));
  app.post('/email/confirm', ours, small, async (c) => show(c, site, await confirm(readToken(c), door)));
  app.get('/email/unsubscribe', (c) => show(c, site, unsubscribePage(readToken(c))));
  app.post('/email/unsubscribe', small, async (c) => leave(c, site, door));
}

// RFC 8058: a mailbox provider posts this for a person who pressed its own button, from no page, and wants no page back.
async function leave(c: Context<Env>, site: Site, door: EmailDoor): Promise<Response> {
  const page = await unsubscribe(readToken(c), door);
  const isOneClick = new URLSearchParams(await c.req.text()).get('List-Unsubscribe') === 'One-Click';
  return isOneClick && !page.status ? c.text('Unsubscribed.\n', 200, { 'cache-control': 'no-store' }) : show(c, site, page);
}

function countAsked(wait: number): void {
  if (wait > 0) throw new Refused(429, { title: 'Too many at once', says: ['Too many confirmations were asked for from where you are. Try again later.'] }, wait);
}

function show(c: Context<Env>, site: Site, { title, main, status = 200 }: MailPage): Response {
  const { body } = pageOf(site, { title, description: 'Trending papers by email.', feeds: [], main });
  return c.body(body, status, { 'content-type': HTML, 'cache-control': 'no-store' });
}
