// Whatever a stranger sends: an answer with words, nothing of theirs as markup or as a header, and no failure of ours.
import { connect } from 'node:net';
import { XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { rowsOf } from '../../src/db/connect.ts';
import { UserError } from '../../src/core/errors.ts';
import { readProxies } from '../../src/proxies.ts';
import { addressOf, allow } from '../../src/web/edition/asker.ts';
import { keepMade } from '../../src/web/edition/kept.ts';
import { Busy, takeTurns } from '../../src/web/edition/turns.ts';
import { openTestDb, type TestDb } from '../support/db.ts';
import { haveLibrary, openReader, paperDoor, type Reader } from '../support/edition.ts';
import { stoppedClock } from '../support/factories.ts';

let opened: TestDb;
let reader: Reader;
let door: ReturnType<typeof paperDoor>;
let before: string;

/** Every paper, as text. */
async function library(): Promise<string> {
  return JSON.stringify(await rowsOf(opened.db, sql`select p::text as paper, d::text as indexed from papers p left join search_docs d on d.paper_id = p.id order by p.id`));
}

// Nothing that is asked changes anything, so one library serves all.
beforeAll(async () => {
  opened = await openTestDb();
  await haveLibrary(opened.db);
  before = await library();
  door = paperDoor();
  reader = await openReader(opened.db, { email: door });
});
afterAll(async () => {
  expect(await library()).toBe(before);
  await reader.stop();
  await opened.close();
});

interface Raw {
  status: number;
  head: string;
  body: string;
}

/** Sends bytes as they are, and reads until the connection ends. */
function sendRaw(bytes: string, to = reader.url): Promise<Raw> {
  const { hostname, port } = new URL(to);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const [head = '', ...rest] = text.split('\r\n\r\n');
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: rest.join('\r\n\r\n') });
    });
    socket.write(Buffer.from(bytes, 'latin1'));
  });
}

const ask = (method: string, target: string, headers: string[] = [], to = reader.url) => sendRaw([`${method} ${target} HTTP/1.1`, 'host: x', 'connection: close', ...headers, '', ''].join('\r\n'), to);

/** Parts of an attack, and of what is none. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' or 1=1 --", '; drop table papers; --', '\r\nset-cookie: a=b', '%0d%0aset-cookie:%20a=b', '\0', '../..', '..%2f..%2f', '%00', '%', '%ff%fe', '{{7*7}}', '${7*7}', '2607.10001', 'id:1', 'id:99999999999999999', 'cat:cs.CL', 'sort:newest', 'sort:x', 'has:code', 'author:"', 'upvotes:>999999999999', '"unclosed', '(', 'or', '-', '-(', 'a'.repeat(600), '\ud800', '\u202e', '\uffff', '2026-07-27', '9999-99-99', '0000-01-01', '2026-W31', '2026-W99'),
); // prettier-ignore
const words = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
const escaped = words.map((text) => encodeURIComponent(text.toWellFormed()));
const path = fc.oneof(
  fc.constantFrom('/', '/topics', '/search', '/feed.atom', '/feed.rss', '/feed.json', '/papers', '/papers/week', '/papers/month', '/subscribe', '/email/confirm', '/email/unsubscribe', '/search/feed.atom', '/search/feed.json', '/robots.txt', '/favicon.ico'),
  fc.tuple(fc.constantFrom('/papers/date/', '/papers/week/', '/papers/month/', '/papers/', '/topics/', '/', '//', '/topics/attention/', '/email/'), escaped).map((parts) => parts.join('')),
); // prettier-ignore
const query = fc.dictionary(fc.constantFrom('q', 'page', 'token', 'topic', 'x'), escaped, { maxKeys: 3 }).map((given) => Object.entries(given).map(([name, value]) => `${name}=${value}`).join('&'));

const EXPECTED = [200, 301, 303, 304, 400, 403, 404, 405, 410, 413, 414, 429, 431];

function check({ status, head, body }: Raw, said: string): void {
  expect([said, EXPECTED.includes(status), status]).toEqual([said, true, status]);
  expect(head).not.toMatch(/^set-cookie/im);
  expect(head).not.toMatch(/^location: (?!\/[^/\\])/im);
  // What is said to be text, in a feed, is text.
  const isXml = /^content-type: application\/(?:atom|rss)\+xml/im.test(head);
  if (isXml && body) expect([said, XMLValidator.validate(body)]).toEqual([said, true]);
  if (/^content-type: application\/feed\+json/im.test(head)) expect(body && typeof JSON.parse(body)).toBe(body && 'object');
  else expect(isXml ? body.replace(/<!\[CDATA\[[^]*?\]\]>/g, '') : body).not.toMatch(/<script|<img|onerror=alert\(1\)>/i);
  expect(body).not.toMatch(/at \w+ \(|node_modules|\bselect .* from\b|drizzle|postgres/i);
  expect(reader.errors).toEqual([]);
}

describe('whatever is asked', () => {
  test('by any path and question, of any route, is answered in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('GET', 'HEAD', 'POST'), path, query, async (method, target, asked) => {
        const line = `${target}${asked ? `?${asked}` : ''}`;
        const answer = await ask(method, line, method === 'POST' ? ['content-length: 0'] : []);
        check(answer, `${method} ${line}`);
        if (method === 'HEAD') expect(answer.body).toBe('');
      }),
      { numRuns: 400 },
    );
  });

  test('as words of a search, or the id of a paper, is looked for and nothing else', async () => {
    const outOfSql = fc.constantFrom("'", "''", '\\', "\\'", '$1', '$$', '%', '_', ');', '/*', '--', "') union select null --", "'; drop table papers; --", '::int');
    const condition = fc.tuple(fc.constantFrom('', '-', 'author:', 'author:"', 'cat:', 'title:', 'upvotes:>', 'sort:', '"', '(', 'id:'), fc.oneof(piece, outOfSql), fc.constantFrom('', '"', ')', ' has:code', ' or robot')).map((parts) => parts.join(''));
    const place = fc.constantFrom('/search?q=', '/search/feed.atom?q=', '/search/feed.rss?q=', '/search/feed.json?q=', '/papers/', '/papers/date/', '/topics/');
    let found = 0;
    await fc.assert(
      fc.asyncProperty(place, fc.array(condition, { minLength: 1, maxLength: 3 }), async (where, conditions) => {
        const line = `${where}${encodeURIComponent(conditions.join(' ').toWellFormed())}`;
        const answer = await ask('GET', line);
        check(answer, line);
        if (answer.status === 200) found++;
      }),
      { numRuns: 400 },
    );
    // Not all of it was refused before it came to a search.
    expect(found).toBeGreaterThan(30);
  });

  test('with any headers is answered as without, but for the address that is believed of nobody', async () => {
    const value = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f).map((code) => String.fromCharCode(code)), maxLength: 200 });
    const header = fc.tuple(fc.constantFrom('if-none-match', 'accept', 'cookie', 'x-forwarded-for', 'x-forwarded-host', 'forwarded', 'origin', 'referer', 'user-agent', 'range', 'accept-language', 'sec-fetch-site', 'x-http-method-override', 'content-type'), value).map(([name, text]) => `${name}: ${text.trim()}`); // prettier-ignore
    const plain = (await ask('GET', '/topics/attention')).body;
    await fc.assert(
      fc.asyncProperty(fc.array(header, { maxLength: 6 }), async (headers) => {
        const answer = await ask('GET', '/topics/attention', headers);
        check(answer, headers.join('\n'));
        if (answer.status === 200) expect(answer.body).toBe(plain);
      }),
      { numRuns: 100 },
    );
  });

  test('as raw bytes, whether they are HTTP or not, takes nothing down', async () => {
    const target = fc.string({ unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)), minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('GET', 'get', 'TRACE', 'OPTIONS', 'PUT', 'PROPFIND', 'CONNECT'), fc.oneof(target, target.map((one) => `/${one}`), target.map((one) => `http://${one}`)), async (method, where) => {
        const answer = await ask(method, where);
        // A request that Node can't read, or that asks for a tunnel, is cut off.
        if (answer.status !== 0) check(answer, `${method} ${where}`);
      }),
      { numRuns: 200 },
    );
    expect((await reader.get('/')).status).toBe(200);
  });

  test('in the form of a subscription, is escaped, and the door has what was meant', async () => {
    // Each from elsewhere, so that none is one too many.
    let from = 0;
    const forms = await openReader(opened.db, { email: door, isProxy: () => true });
    const said = fc.record({ email: words, topic: words, time: words, zone: words, step: fc.oneof(fc.constant('choose'), words), x: words }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('send', 'refuse'), fc.boolean(), said, escaped, async (answers, inParts, form, token) => {
        door.subscribe = answers === 'send' ? async (wish) => void door.asked.push(wish) : (wish) => Promise.reject(new UserError(`“${wish.email}” is no address.`, [], 'email'));
        const body = new URLSearchParams(form).toString();
        const more = ['content-type: application/x-www-form-urlencoded', 'origin: https://papers.lab.org', `x-forwarded-for: 198.51.${++from >> 8}.${from & 255}`];
        const framed = inParts ? ['transfer-encoding: chunked', '', ...(body ? [body.length.toString(16), body] : []), '0'] : [`content-length: ${body.length}`, '', body];
        const answer = await ask('POST', '/subscribe', [...more, ...framed], forms.url);
        check(answer, body);
        expect([answers, form.step === 'choose', answer.status]).toEqual([answers, form.step === 'choose', answers === 'send' || form.step === 'choose' ? 200 : 400]);
        for (const page of ['confirm', 'unsubscribe']) for (const method of ['GET', 'POST']) check(await ask(method, `/email/${page}?token=${token}`, [...more, ...(inParts ? [] : ['content-length: 0'])], forms.url), token);
      }),
      { numRuns: 100 },
    );
    expect(forms.errors).toEqual([]);
    await forms.stop();
    const wishes = door.asked.filter((one) => 'email' in one) as { email: string; topics: string[] }[];
    expect(wishes.length).toBeGreaterThan(20);
    for (const wish of wishes) expect([wish.email.length <= 320, wish.topics.length]).toEqual([true, 0]);
  });

  test('at great length, is cut off', async () => {
    expect((await ask('GET', `/search?q=${'a'.repeat(5_000)}`)).status).toBe(414);
    expect((await ask('GET', '/', [`x: ${'a'.repeat(20_000)}`])).status).toBe(431);
  });
});

describe('who asks', () => {
  const trusted = readProxies('127.0.0.1, 10.0.0.0/8 ::1');
  const request = (remoteAddress: string | undefined, forwarded?: string) => ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });

  test.each([
    ['198.51.100.7', undefined, '198.51.100.7'],
    ['::ffff:198.51.100.7', undefined, '198.51.100.7'],
    ['198.51.100.7', '203.0.113.9', '198.51.100.7'],
    ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['127.0.0.1', '192.0.2.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['::1', 'nonsense', '::1'],
    ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['2001:db8::7', undefined, '2001:db8:0:0::/64'],
    ['127.0.0.1', '2001:db8:1:2::9', '2001:db8:1:2::/64'],
    [undefined, '203.0.113.9', ''],
  ])('%s behind %s is %s', (peer, forwarded, address) => {
    expect(addressOf(request(peer, forwarded), trusted)).toBe(address === '::1' ? '0:0:0:0::/64' : address);
  });

  test('nobody passes for another by a header, unless a proxy of ours says so', () => {
    fc.assert(fc.property(fc.ipV4(), fc.string(), (peer, forwarded) => {
      if (!trusted(peer)) expect(addressOf(request(peer, forwarded), trusted)).toBe(peer);
    }));
  });

  test.each(['127.0.0.1/33', 'localhost', '10.0.0.0/8/8', '::1/129', '10.0.0.0/x'])('“%s” is no proxy', (text) => {
    expect(() => readProxies(text)).toThrow(text);
  });

  test('has so much at once, and so much a second after that, whatever others ask', () => {
    const clock = stoppedClock();
    const allowed = allow({ burst: 3, perSecond: 0.5 }, clock.now);
    const three = () => [allowed('a'), allowed('a'), allowed('a')];
    expect(three()).toEqual([0, 0, 0]);
    expect(allowed('a')).toBe(2);
    expect(allowed('b')).toBe(0);
    clock.forward(2_000);
    expect([allowed('a'), allowed('a')]).toEqual([0, 2]);
    clock.forward(3_600_000);
    expect(three()).toEqual([0, 0, 0]);
  });
});

describe('pages that are made', () => {
  test('are made once for all who ask meanwhile, and kept until they are old', async () => {
    const clock = stoppedClock();
    const keep = keepMade<number>({ now: clock.now, keepMs: 1_000, most: 2 });
    let made = 0;
    const make = async () => ++made;
    expect(await Promise.all([keep('a', make), keep('a', make), keep('a', make)])).toEqual([1, 1, 1]);
    clock.forward(999);
    expect(await keep('a', make)).toBe(1);
    clock.forward(1);
    expect(await keep('a', make)).toBe(2);
    await expect(keep('b', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await keep('b', make)).toBe(3);
    // No more than two are kept: the oldest went.
    expect(await keep('c', make)).toBe(4);
    expect(await keep('a', make)).toBe(5);
  });

  test('are a few at a time; some wait, and whoever comes then is told to come again', async () => {
    const inTurn = takeTurns({ atOnce: 2, waiting: 2, longestMs: 60_000 });
    let running = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const act = async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running--;
      return 'made';
    };
    const all = [inTurn(act), inTurn(act), inTurn(act), inTurn(act)];
    await expect(inTurn(act)).rejects.toBeInstanceOf(Busy);
    for (let ended = 0; ended < 4; ended++) {
      await expect.poll(() => ends.length).toBeGreaterThan(0);
      ends.shift()!();
    }
    expect(await Promise.all(all)).toEqual(['made', 'made', 'made', 'made']);
    expect(most).toBe(2);
    expect(await inTurn(async () => 'free again')).toBe('free again');
  });

  test('are given up when they take too long', async () => {
    const inTurn = takeTurns({ atOnce: 1, waiting: 2, longestMs: 5 });
    await expect(inTurn(() => new Promise(() => {}))).rejects.toBeInstanceOf(Busy);
  });
});
