// The web edition on a test database, on a real server, with papers of every kind and things that are nobody's business.
import type { EmailDoor } from '../../src/core/email-door.ts';
import type { Log } from '../../src/core/log.ts';
import type { Db } from '../../src/db/connect.ts';
import { openEdition, type EditionDeps } from '../../src/web/edition/index.ts';
import { openWeb } from '../../src/web/server.ts';
import { havePapers, stoppedClock } from './factories.ts';

export const PUBLIC_URL = 'https://papers.lab.org';

export const TOPICS = [
  { name: 'attention', query: 'attention or "state space model"', about: 'Attention and its alternatives' },
  { name: 'robotics', query: 'cat:cs.RO or robot', about: 'Robotics' },
];

export interface Reader {
  url: string;
  clock: ReturnType<typeof stoppedClock>;
  /** What the log has of errors. */
  errors: string[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The text of a page that must be there. */
  read(path: string): Promise<string>;
  post(path: string, form: Record<string, string> | string, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

/** Opens it on a free port. Every page is made anew, unless `keepMs` says otherwise. */
export async function openReader(db: Db, more: Partial<EditionDeps> = {}): Promise<Reader> {
  const clock = stoppedClock();
  const errors: string[] = [];
  const drop = () => {};
  const log: Log = { debug: drop, info: drop, warn: drop, error: (data, text) => void errors.push(`${text} ${JSON.stringify(data)}`) };
  // Requests of a test come as fast as they can.
  const now = more.now ?? (() => (clock.forward(5_000), clock.now()));
  const edition = openEdition({ db, now, log, publicUrl: PUBLIC_URL, isProxy: () => false, topics: TOPICS, keepMs: 0, ...more });
  const web = await openWeb([{ method: 'GET', path: '/healthz', handle: (_request, response) => void response.end('ok\n') }], { host: '127.0.0.1', port: 0 }, log, edition);
  const get: Reader['get'] = (path, headers = {}) => fetch(`${web.url}${path}`, { headers, redirect: 'manual' });
  return {
    url: web.url,
    clock,
    errors,
    get,
    async read(path) {
      const response = await get(path);
      if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
      return response.text();
    },
    post: (path, form, headers = { origin: PUBLIC_URL }) => {
      const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
      return fetch(`${web.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, redirect: 'manual' });
    },
    stop: () => web.stop(),
  };
}

/** A door that writes down what it was asked. */
export function paperDoor(): EmailDoor & { asked: object[] } {
  const asked: object[] = [];
  const outcome = (token: string) => (token === 'old' ? 'expired' : token === 'good' ? 'done' : 'unknown');
  return {
    asked,
    subscribe: async (wish) => void asked.push(wish),
    confirm: async (token) => (asked.push({ confirm: token }), outcome(token)),
    unsubscribe: async (token) => (asked.push({ unsubscribe: token }), outcome(token)),
  };
}

/** Five days of papers, the last of them a Monday. */
export async function haveLibrary(db: Db): Promise<void> {
  await havePapers(db, [
    { arxivId: '2607.10001', title: 'Sparse attention for long documents', abstract: 'We prune attention heads of long documents.', upvotes: 84, stars: 1_204, githubUrl: 'https://github.com/lab/sparse', categories: ['cs.CL', 'cs.LG'], organization: 'Analytical Engines' },
    { arxivId: '2607.10002', title: 'Grippers that feel', abstract: 'A robot learns to grip with attention to touch.', upvotes: 12, categories: ['cs.RO'], summary: 'A robot hand that feels.' },
    { source: 'arxiv', arxivId: '2607.10003', title: 'A note on $\\alpha$-stable <laws>', abstract: 'Stable laws & their tails.', categories: ['math.PR'] },
    { arxivId: '2607.10004', title: 'Attention heads that listen', abstract: 'We prune attention heads of long speech.', upvotes: 40, listedOn: '2026-07-24', publishedOn: '2026-07-23' },
    { arxivId: '2606.10005', title: 'State space models of June', abstract: 'A state space model without attention.', upvotes: 310, listedOn: '2026-06-15', publishedOn: '2026-06-14' },
    { source: 'jsonl', id: 'report/7 of ours', arxivId: undefined, title: 'A report from a file', abstract: 'Files have papers too.', listedOn: undefined },
  ]);
}
