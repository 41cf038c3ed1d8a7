// Subscribing by email on the web, and where the links in mails lead.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confirmPath, unsubscribePath } from '../../src/core/email-door.ts';
import { TryLater, UserError } from '../../src/core/errors.ts';
import { useDb } from '../support/db.ts';
import { haveLibrary, openReader, paperDoor, PUBLIC_URL, type Reader } from '../support/edition.ts';

const db = useDb();
let door: ReturnType<typeof paperDoor>;
let reader: Reader;

beforeEach(async () => {
  await haveLibrary(db());
  door = paperDoor();
  reader = await openReader(db(), { email: door });
});
afterEach(async () => {
  expect(reader.errors).toEqual([]);
  await reader.stop();
});

const FORM = { email: 'ada@lab.org', topic: 'attention', time: '07:00', zone: 'Europe/Berlin' };

describe('subscribing', () => {
  test('goes from the banner to a form with what was said, and sends nothing yet', async () => {
    const page = await (await reader.post('/subscribe', { email: 'ada@lab.org', step: 'choose', topic: 'attention' })).text();
    expect(page).toContain('value="ada@lab.org"');
    expect(page).toMatch(/value="attention" checked/);
    expect(page).not.toMatch(/value="robotics" checked/);
    expect(door.asked).toEqual([]);
  });

  test('asks the door, and says the same whatever it knows', async () => {
    const answers = await Promise.all(['new@lab.org', 'known@lab.org'].map(async (email) => (await (await reader.post('/subscribe', { ...FORM, email })).text()).replaceAll(email, 'EMAIL')));
    expect(answers[0]).toContain('A mail is on its way to EMAIL');
    expect(answers[1]).toBe(answers[0]);
    expect(door.asked).toContainEqual({ email: 'new@lab.org', topics: ['attention'], timeZone: 'Europe/Berlin', time: '07:00', from: '127.0.0.1' });
  });

  test('tells what is wrong at its field, and keeps what was filled in', async () => {
    door.subscribe = () => Promise.reject(new UserError('“ada” is no address.', [], 'email'));
    const response = await reader.post('/subscribe', { ...FORM, email: 'ada"><script>' });
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain('<p class="notice" id="problem" role="alert">“ada” is no address.</p>');
    expect(page).toContain('value="ada&quot;&gt;&lt;script&gt;" aria-invalid="true" aria-describedby="problem"');
    expect(page).toMatch(/<option value="Europe\/Berlin" selected>/);
  });

  test('is limited for each address, by ourselves and by the door', async () => {
    const at = reader.clock.now();
    const still = await openReader(db(), { email: door, now: () => at });
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await still.post('/subscribe', FORM)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    await still.stop();
    door.subscribe = () => Promise.reject(new TryLater(3_600_000, 'ten were sent'));
    const response = await reader.post('/subscribe', FORM);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3600']);
  });

  test('is read in parts as well, as proxies hand it on, and no more of it than a form holds', async () => {
    const inParts = (path: string, parts: string[], headers: Record<string, string> = { origin: PUBLIC_URL }) => {
      const body = new ReadableStream({ start: (to) => (parts.forEach((part) => to.enqueue(Buffer.from(part))), to.close()) });
      return fetch(`${reader.url}${path}`, { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
    };
    expect((await inParts('/subscribe', ['email=ada', '%40lab.org&time=07:00', '&zone=UTC'])).status).toBe(200);
    expect(door.asked).toMatchObject([{ email: 'ada@lab.org', time: '07:00' }]);
    expect((await inParts('/subscribe', Array.from({ length: 20 }, () => `email=${'a'.repeat(500)}&`))).status).toBe(413);
    expect((await inParts(confirmPath('good'), [''])).status).toBe(200);
    expect(await (await inParts(unsubscribePath('good'), ['List-Unsubscribe=', 'One-Click'], {})).text()).toBe('Unsubscribed.\n');
  });

  test('is taken from our own pages alone, and no more than a form holds', async () => {
    expect((await reader.post('/subscribe', FORM, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await reader.post('/subscribe', FORM, {})).status).toBe(403);
    expect((await reader.post('/subscribe', FORM, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await reader.post('/subscribe', `email=${'a'.repeat(9_000)}`)).status).toBe(413);
    expect(door.asked).toHaveLength(1);
  });
});

describe('the link of a confirmation', () => {
  test('does nothing when it is looked at, and confirms when its button is pressed', async () => {
    const page = await reader.read(confirmPath('good'));
    expect(page).toContain(`<form action="/email/confirm?token=good" method="post"><button>Confirm</button></form>`);
    await fetch(`${reader.url}${confirmPath('good')}`, { method: 'HEAD' });
    expect(door.asked).toEqual([]);
    expect(await (await reader.post(confirmPath('good'), '')).text()).toContain('<h1>Confirmed</h1>');
    expect(door.asked).toEqual([{ confirm: 'good' }]);
  });

  test('that is too old, unknown or cut short says what to do', async () => {
    expect((await reader.post(confirmPath('old'), '')).status).toBe(410);
    expect((await reader.post(confirmPath('made up'), '')).status).toBe(400);
    expect((await reader.post(confirmPath('strange'), '')).status).toBe(404);
    for (const path of ['/email/confirm', '/email/confirm?token=', `/email/confirm?token=${'x'.repeat(1_001)}`]) expect((await reader.get(path)).status).toBe(400);
  });
});

describe('the link of an unsubscription', () => {
  test('asks once, and then ends it', async () => {
    expect(await reader.read(unsubscribePath('good'))).toContain('<button>Unsubscribe</button>');
    expect(door.asked).toEqual([]);
    expect(await (await reader.post(unsubscribePath('good'), '')).text()).toContain('<h1>Unsubscribed</h1>');
    expect(door.asked).toEqual([{ unsubscribe: 'good' }]);
  });

  test('ends it at once for a mailbox provider (RFC 8058), which comes from no page', async () => {
    const response = await reader.post(unsubscribePath('good'), 'List-Unsubscribe=One-Click', {});
    expect([response.status, await response.text()]).toEqual([200, 'Unsubscribed.\n']);
    expect(door.asked).toEqual([{ unsubscribe: 'good' }]);
  });
});

test('no page of email is kept or found by anybody else', async () => {
  for (const path of ['/subscribe', confirmPath('good'), unsubscribePath('good')]) {
    const response = await reader.get(path);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
    expect(await response.text()).toContain('<meta name="robots" content="noindex">');
  }
});

test('where there is no email there are none of these pages', async () => {
  const without = await openReader(db());
  for (const path of ['/subscribe', confirmPath('good'), unsubscribePath('good')]) expect((await without.get(path)).status).toBe(404);
  await without.stop();
});
