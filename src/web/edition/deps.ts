// What the web edition is made of.
import type { EmailDoor } from '../../core/email-door.ts';
import type { Message } from '../pages/message.ts';
import type { Clock } from '../../core/schedule.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../db/connect.ts';

export interface EditionDeps {
  db: Db;
  now: Clock;
  log: Log;
  /** PUBLIC_URL: `https://papers.lab.org`, without a slash at its end. */
  publicUrl: string;
  /** The proxies whose word is taken for who asks. */
  isProxy: (address: string) => boolean;
  /** The ready-made topics. */
  topics: { name: string; query: string; about: string }[];
  /** Missing: nobody can subscribe by email. */
  email?: EmailDoor | undefined;
  /** How long a page is kept before it is made anew, in milliseconds; a minute, unless something is measured. */
  keepMs?: number;
}

/** An answer that is no page of papers: what it says, and its status. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: 400 | 403 | 404 | 405 | 413 | 414 | 429 | 500 | 503;
  readonly page: Message;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined;
  constructor(status: Refused['status'], page: Message, retryAfter?: number) {
    super(page.title);
    this.status = status;
    this.page = page;
    this.retryAfter = retryAfter;
  }
}

const HOME = { label: 'What trends today', path: '/' };

export function notFound(says = 'There is nothing at this address. It may have been mistyped, or cut short.', links: Message['links'] = []): Refused {
  return new Refused(404, { title: 'Not found', says: [says], links: [...links, HOME] });
}

/** A page of a list beyond its last; `first` is the path of its first. */
export function afterTheEnd(first: string): Refused {
  return notFound('The list ends before this page.', [{ label: 'Its first page', path: first }]);
}

export function badRequest(says: string): Refused {
  return new Refused(400, { title: 'That can’t be read', says: [says], links: [HOME] });
}

export function tooBusy(seconds: number): Refused {
  return new Refused(503, { title: 'Too busy right now', says: ['This page can’t be made at the moment. Try again in a little while.'] }, seconds);
}
