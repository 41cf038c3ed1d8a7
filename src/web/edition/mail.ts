// The pages by which somebody subscribes by email, and where the links in mails lead.
import type { Context } from 'hono';
import { confirmPath, LONGEST_TOKEN, SUBSCRIBE_PATH, unsubscribePath, type EmailDoor, type EmailWish, type LinkOutcome } from '../../core/email-door.ts';
import { TryLater, UserError } from '../../core/errors.ts';
import { messageMain, type Message } from '../pages/message.ts';
import { FRESH, subscribeMain, type Filled, type FormPage } from '../pages/subscribe.ts';
import { badRequest, Refused, type EditionDeps } from './deps.ts';
import type { Html } from '../../core/html.ts';

export interface MailPage {
  title: string;
  main: Html;
  status?: 200 | 400 | 404 | 410 | 429;
}

const LONGEST_EMAIL = 320;
const MOST_TOPICS = 20;

export function subscribePage({ topics }: Pick<EditionDeps, 'topics'>, filled: Filled = FRESH, problem?: FormPage['problem']): MailPage {
  return { title: 'By email', main: subscribeMain({ filled, topics, problem }), ...(problem ? { status: 400 as const } : {}) };
}

/** From the banner the form is shown with what it says; from the form a mail is sent. Whether an address is known shows nowhere. */
export async function subscribe(form: URLSearchParams, door: EmailDoor, from: string, deps: Pick<EditionDeps, 'topics'>): Promise<MailPage> {
  const known = new Set(deps.topics.map(({ name }) => name));
  const filled: Filled = {
    email: (form.get('email') ?? '').trim().slice(0, LONGEST_EMAIL),
    topics: [...new Set(form.getAll('topic'))].filter((name) => known.has(name)),
    time: (form.get('time') ?? FRESH.time).slice(0, 5),
    zone: (form.get('zone') ?? FRESH.zone).slice(0, 64),
  };
  if (form.get('step') === 'choose') return subscribePage(deps, filled);
  if (filled.topics.length > MOST_TOPICS) return subscribePage(deps, filled, { words: `Choose at most ${MOST_TOPICS} topics.`, field: 'topics' });
  const wish: EmailWish = { email: filled.email, topics: filled.topics, timeZone: filled.zone, time: filled.time, from };
  try {
    await door.subscribe(wish);
  } catch (error) {
    if (error instanceof UserError) return subscribePage(deps, filled, { words: error.message, field: error.field });
    if (error instanceof TryLater) throw new Refused(429, { title: 'Too many at once', says: ['Too many confirmations were asked for from where you are. Try again later.'] }, Math.ceil(error.afterMs / 1_000));
    throw error;
  }
  return messagePage({
    title: 'Look into your inbox',
    says: [`A mail is on its way to ${filled.email}, if that can get mail from here. Press the button in it, and trending papers come at your hour.`, 'If nothing comes, look among unwanted mail, or ask again tomorrow.'],
    links: [{ label: 'What trends today', path: '/' }],
  });
}

/** A look at a link does nothing: mail scanners look, too. */
export function confirmPage(token: string): MailPage {
  return messagePage({ title: 'Confirm your address', says: ['Press the button, and trending papers come to this address as you chose.'], press: { label: 'Confirm', action: confirmPath(token) } });
}

export async function confirm(token: string, door: EmailDoor): Promise<MailPage> {
  return outcomePage(await door.confirm(token), { title: 'Confirmed', says: ['Trending papers will come to your inbox at the hour you chose. Each mail has a link that ends it.'], links: [{ label: 'What trends today', path: '/' }] });
}

export function unsubscribePage(token: string): MailPage {
  return messagePage({ title: 'Unsubscribe', says: ['Press the button, and no more papers come to this address. It is forgotten.'], press: { label: 'Unsubscribe', action: unsubscribePath(token) } });
}

export async function unsubscribe(token: string, door: EmailDoor): Promise<MailPage> {
  return outcomePage(await door.unsubscribe(token), { title: 'Unsubscribed', says: ['No more papers come to this address, and it is forgotten.'], links: [{ label: 'Subscribe again', path: SUBSCRIBE_PATH }] });
}

/** The token of a link. Refused where there is none, or none that could be one. */
export function readToken(c: Context): string {
  const token = c.req.query('token') ?? '';
  if (!token || token.length > LONGEST_TOKEN || /[^\x21-\x7e]/.test(token)) throw badRequest('This link is not whole. Open it once more from the mail, or copy all of it.');
  return token;
}

function outcomePage(outcome: LinkOutcome, done: Message): MailPage {
  if (outcome === 'done') return messagePage(done);
  if (outcome === 'expired') return { ...messagePage({ title: 'This link is too old', says: ['Subscribe again, and a new one is sent.'], links: [{ label: 'Subscribe', path: SUBSCRIBE_PATH }] }), status: 410 };
  return { ...messagePage({ title: 'This link is not known', says: ['It was not made here, or it was cut short. Open it once more from the mail, or copy all of it.'], links: [{ label: 'What trends today', path: '/' }] }), status: 404 };
}

function messagePage(message: Message): MailPage {
  return { title: message.title, main: messageMain(message) };
}
