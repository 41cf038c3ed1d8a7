// What is said where nobody types commands: mails, webhooks' posts, and the pages of the web edition.
import { decodeHTML } from 'entities';
import { afterAll, beforeAll, test } from 'vitest';
import { roundupDoc, type RoundupItem } from '../../src/core/roundup.ts';
import { TryLater, UserError } from '../../src/core/errors.ts';
import type { Doc } from '../../src/core/doc.ts';
import { messagesOf } from '../../src/delivery/messages.ts';
import { confirmationDoc } from '../../src/email/confirmation.ts';
import { email } from '../../src/platforms/email/index.ts';
import { letterOf, type Body } from '../../src/platforms/email/letter.ts';
import { discordWebhook } from '../../src/platforms/webhooks/discord.ts';
import { slackWebhook } from '../../src/platforms/webhooks/slack.ts';
import { openTestDb, type TestDb } from '../support/db.ts';
import { haveLibrary, openReader, paperDoor, type Reader } from '../support/edition.ts';
import { aPaper, MONDAY } from '../support/factories.ts';
import { onDiscord, onSlack, type Line } from './as-read.ts';
import { page } from './page.ts';

const FOOT = { address: 'ada@lab.example', home: 'https://papers.example', unsubscribe: 'https://papers.example/email/unsubscribe?token=abc' };
const ITEMS: RoundupItem[] = [
  { paper: aPaper({ title: 'Sparse attention', upvotes: 84 }), why: ['84 upvotes, +31 since yesterday', 'matches nlp'], topics: ['nlp'] },
  { paper: aPaper({ id: 2, arxivId: '2607.00002', title: 'Folding laundry', abstract: '', authors: [], withdrawn: true }), why: ['matches nlp'], topics: ['nlp'] },
];
const ROUNDUPS: Record<string, Doc> = {
  'a roundup': roundupDoc({ on: '2026-07-27', items: ITEMS, topics: ['nlp'], notes: ['20 minutes late: it was waiting for arXiv.'], layout: 'full', threads: false }),
};
const ASKING = confirmationDoc({ topics: [{ query: 'attention', name: null }], schedule: { zone: 'Europe/Berlin', at: '09:00', days: [1, 2, 3, 4, 5] }, size: 10, until: MONDAY, link: 'https://papers.example/email/confirm?token=abc' });

test('mails', async () => {
  const { lines, end } = page('mails');
  for (const [when, doc] of Object.entries({ ...ROUNDUPS, 'a mail that asks': ASKING })) {
    const body = messagesOf(email, doc, false)[0]!.payload as unknown as Body;
    const { text } = letterOf(body, doc === ASKING ? { address: FOOT.address, home: FOOT.home } : FOOT);
    lines(when, [`Subject: ${body.subject}`, `Preview: ${body.preview}`, ...text.replace(/\n(?!\n|\d+\. |https?:)/g, ' ').split('\n')].filter((line) => line.trim()).map((line) => ({ text: line.trim() })));
  }
  await end();
});

test.each([
  [slackWebhook, onSlack],
  [discordWebhook, onDiscord],
] as const)('posts of a webhook: %#', async (platform, read) => {
  const { lines, end } = page(platform.name);
  for (const [when, doc] of Object.entries(ROUNDUPS)) {
    const payloads = messagesOf(platform, doc, false).map(({ payload }) => payload);
    lines(when, read(payloads), payloads);
  }
  await end();
});

let opened: TestDb;
let reader: Reader;
const door = paperDoor();
beforeAll(async () => {
  opened = await openTestDb();
  await haveLibrary(opened.db);
  reader = await openReader(opened.db, { email: door });
});
afterAll(async () => {
  await reader.stop();
  await opened.close();
});

/** The page between its header and its footer, a line for each block. */
function linesOf(html: string): Line[] {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html;
  const text = main.replace(/<select[\s\S]*?<\/select>/g, '').replace(/<code>([^<]*)<\/code>/g, '“$1”').replace(/<(?:p|h\d|li|dt|div|tr|legend|label|button|nav|pre)\b/g, '\n$&').replace(/<[^>]+>/g, ' ');
  return text.split('\n').map((line) => decodeHTML(line).replace(/\s+/g, ' ').trim()).filter(Boolean).map((line) => ({ text: line })); // prettier-ignore
}

test('pages', async () => {
  const { lines, end } = page('pages');
  const show = async (when: string, response: Promise<Response>) => lines(when, linesOf(await (await response).text()));
  const read = (path: string) => show(path, reader.get(path));
  for (const path of ['/', '/papers/date/2026-07-27', '/papers/date/2026-07-20', '/papers/week/2026-W31', '/papers/month/2026-06', '/papers/2607.10001', '/papers/2607.99999', '/papers/date/2026-02-30', '/search', '/search?q=attention', '/search?q=zebra', '/search?q=attention+cat:cs.XX', '/topics', '/topics/robotics', '/topics/nothing', '/nowhere', '/subscribe', '/topics/robotics?page=9', '/papers/date/2026-07-27?page=x', '/papers/week/2026-W99', '/search/feed.atom']) await read(path);
  await show('a search of too many words', reader.get(`/search?q=${'long+'.repeat(120)}`));
  for (const [which, tokens] of [['confirm', ['good', 'old', 'bad']], ['unsubscribe', ['good', 'bad']]] as const) {
    await read(`/email/${which}?token=good`);
    await read(`/email/${which}`);
    for (const token of tokens) await show(`${which}, pressed with a link that is ${token}`, reader.post(`/email/${which}?token=${token}`, { token }));
  }
  const asked = { email: 'ada@lab.org', topic: 'attention', time: '09:00', zone: 'UTC' };
  await show('an address is handed in', reader.post('/subscribe', asked));
  door.subscribe = () => Promise.reject(new UserError('“ada” is no address. Say it like you@lab.org.', [], 'email'));
  await show('one that can’t be read', reader.post('/subscribe', { ...asked, email: 'ada' }));
  door.subscribe = () => Promise.reject(new TryLater(60_000, 'too many'));
  await show('too many are', reader.post('/subscribe', asked));
  await show('something is sent to a page', reader.post('/', asked));
  await show('a form of another site', reader.post('/subscribe', asked, { origin: 'https://evil.example' }));
  await end();
});
