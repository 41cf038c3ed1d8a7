// Asking an address, its answer, and its leaving: what each tells, and what is kept.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { readConfig, type Config } from '../../src/config.ts';
import { EMAIL, hideAddresses, readAddress } from '../../src/core/email.ts';
import type { EmailWish } from '../../src/core/email-door.ts';
import { TryLater, UserError } from '../../src/core/errors.ts';
import type { Log } from '../../src/core/log.ts';
import { findChannel } from '../../src/db/channels.ts';
import { rowsOf } from '../../src/db/connect.ts';
import { parseKeys } from '../../src/db/key-ring.ts';
import { seal } from '../../src/db/sealed.ts';
import { saveReadyTopics, topicLabel, topicsOf } from '../../src/db/topics.ts';
import { openEmailDoor } from '../../src/email/door.ts';
import { applyImport, exportSettings, readTransfer } from '../../src/transfer.ts';
import { email } from '../../src/platforms/email/index.ts';
import { sql } from 'drizzle-orm';
import { useDb } from '../support/db.ts';
import { MONDAY, stoppedClock } from '../support/factories.ts';

const db = useDb();
const newKey = (name: string) => `${name}:${randomBytes(32).toString('base64')}`;
const keys = parseKeys(newKey('k1'));
const config: Config = readConfig({}, []);

let sent: { address: string; subject: string; html: string; text: string }[];
let logged: string[];
let clock: ReturnType<typeof stoppedClock>;

beforeEach(async () => {
  sent = [];
  logged = [];
  clock = stoppedClock(MONDAY);
  await saveReadyTopics(db(), config.topics);
});

function door(ring = keys) {
  const write = (data: object, text: string) => void logged.push(`${text} ${JSON.stringify(data)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  return openEmailDoor({ db: db(), config, log, now: clock.now, keys: ring, publicUrl: 'https://papers.example/', render: (doc) => email.render(doc), sendSoon: (address, mail) => void sent.push({ address, ...(mail as unknown as { subject: string; html: string; text: string }) }) });
}

const wish = (more: Partial<EmailWish> = {}): EmailWish => ({ email: 'ada@lab.example', topics: ['nlp'], timeZone: 'Europe/Berlin', time: '08:30', from: '192.0.2.1', ...more });
const tokenIn = ({ text }: { text: string }) => decodeURIComponent(/email\/confirm\?token=(\S+)/.exec(text)![1]!);
const unsubscribeToken = (address: string) => seal(keys, address, 'email: unsubscribe');
const channelOf = (address = 'ada@lab.example') => findChannel(db(), { ...EMAIL, id: address });

async function confirmed(more: Partial<EmailWish> = {}): Promise<string> {
  await door().subscribe(wish(more));
  const token = tokenIn(sent.at(-1)!);
  expect(await door().confirm(token)).toBe('done');
  return token;
}

describe('an address', () => {
  test('is asked, and has nothing before it says yes', async () => {
    await door().subscribe(wish());
    expect(sent).toMatchObject([{ address: 'ada@lab.example', subject: 'Confirm your roundup of papers' }]);
    expect(await channelOf()).toBeUndefined();
    expect(await everythingKept()).not.toMatch(/ada|192\.0\.2\.1/);
  });

  test('that says yes has what the mail said, at its hour and in its zone', async () => {
    await confirmed({ topics: ['nlp', '"state space"'] });
    const channel = (await channelOf())!;
    expect(channel).toMatchObject({ platform: 'email', workspace: 'email', externalId: 'ada@lab.example', name: 'a…@lab.example', zone: 'Europe/Berlin', at: '08:30', pausedWhy: null });
    expect(channel.nextDueAt).toEqual(new Date('2026-07-28T06:30:00Z'));
    expect((await topicsOf(db(), channel.id)).map(topicLabel).sort()).toEqual(['"state space"', 'nlp']);
    expect(sent[0]!.text.replace(/\s+/g, ' ')).toMatch(/a roundup on nlp and "state space": weekdays at 08:30, Europe\/Berlin, at most 10 papers/);
  });

  test('is one, however it is written', async () => {
    await confirmed();
    await confirmed({ email: ' ADA@Lab.Example ' });
    expect(await rowsOf(db(), sql`select id from channels`)).toHaveLength(1);
  });

  test('that is known is asked in the same words, and has the new ones once it says yes', async () => {
    await confirmed();
    await door().subscribe(wish({ topics: [], time: '10:00' }));
    const strip = ({ text }: { text: string }) => text.replace(/token=\S+/, '');
    await door().subscribe(wish({ email: 'new@lab.example', topics: [], time: '10:00' }));
    expect(strip(sent.at(-2)!)).toBe(strip(sent.at(-1)!));
    expect(await channelOf()).toMatchObject({ at: '08:30' });
    await door().confirm(tokenIn(sent.at(-2)!));
    const channel = (await channelOf())!;
    expect(channel.at).toBe('10:00');
    expect(await topicsOf(db(), channel.id)).toEqual([]);
  });

  test('that was lost goes on once it says yes again', async () => {
    await confirmed();
    await db().execute(sql`update channels set paused_why = 'smtp_550', paused_code = 'smtp_550'`);
    await confirmed();
    expect(await channelOf()).toMatchObject({ pausedWhy: null, pausedCode: null });
  });

  test('leaves at one press, and nothing of it is kept; again is done again', async () => {
    await confirmed();
    expect(await door().unsubscribe(unsubscribeToken('ada@lab.example'))).toBe('done');
    expect(await channelOf()).toBeUndefined();
    expect(await everythingKept()).not.toMatch(/ada@|a…@|192\.0\.2\.1/);
    expect(await door().unsubscribe(unsubscribeToken('ada@lab.example'))).toBe('done');
    expect(await door().unsubscribe(unsubscribeToken('nobody@lab.example'))).toBe('done');
  });

  test('moves with the bot, and stands in no file that a team keeps in git', async () => {
    await confirmed();
    expect(JSON.stringify(await exportSettings(db()))).not.toMatch(/lab\.example/);
    const moved = await exportSettings(db(), { people: true });
    await door().unsubscribe(unsubscribeToken('ada@lab.example'));
    await applyImport(db(), readTransfer(moved, config), MONDAY);
    expect(await channelOf()).toMatchObject({ externalId: 'ada@lab.example', at: '08:30', zone: 'Europe/Berlin' });
  });

  test('that leaves takes nobody along', async () => {
    await confirmed();
    await confirmed({ email: 'bob@lab.example' });
    await door().unsubscribe(unsubscribeToken('ada@lab.example'));
    expect(await channelOf('bob@lab.example')).toBeDefined();
  });

  test('stands in no line of the log', async () => {
    await confirmed();
    await door().unsubscribe(unsubscribeToken('ada@lab.example'));
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('\n')).not.toMatch(/ada|lab\.example|192\.0\.2/);
  });
});

describe('a link', () => {
  test('is good for a day, and no longer', async () => {
    await door().subscribe(wish());
    clock.forward(24 * 3_600_000 + 1_000);
    expect(await door().confirm(tokenIn(sent[0]!))).toBe('expired');
    expect(await channelOf()).toBeUndefined();
  });

  test('used twice changes nothing more, and brings nobody back who has left', async () => {
    const token = await confirmed();
    expect(await door().confirm(token)).toBe('done');
    await door().unsubscribe(unsubscribeToken('ada@lab.example'));
    expect(await door().confirm(token)).toBe('expired');
    expect(await channelOf()).toBeUndefined();
  });

  test('that somebody made up, cut short or changed does nothing', async () => {
    await door().subscribe(wish());
    const token = tokenIn(sent[0]!);
    const other = seal(parseKeys(newKey('k1')), JSON.stringify({ until: 9e15, to: 'eve@evil.example', topics: [], at: '09:00', zone: 'UTC', days: [1], size: 5 }), 'email: confirm');
    for (const forged of ['', 'v1', 'v1.k1.', 'x'.repeat(900), token.slice(0, -2), token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), token.replace('.k1.', '.k2.'), other]) {
      expect(await door().confirm(forged)).toBe('unknown');
      expect(await door().unsubscribe(forged)).toBe('unknown');
    }
    expect(await rowsOf(db(), sql`select id from channels`)).toEqual([]);
  });

  test('that confirms can’t unsubscribe, nor the other way round', async () => {
    await door().subscribe(wish());
    expect(await door().unsubscribe(tokenIn(sent[0]!))).toBe('unknown');
    expect(await door().confirm(unsubscribeToken('ada@lab.example'))).toBe('unknown');
  });

  test('shows no address to who reads it, such as the log of a proxy', async () => {
    await door().subscribe(wish());
    expect(Buffer.from(tokenIn(sent[0]!).split('.').at(-1)!, 'base64url').toString('latin1')).not.toMatch(/ada|lab/);
  });

  test('lives through a change of the key, while the old one is kept', async () => {
    await door().subscribe(wish());
    const rotated = parseKeys(`${newKey('k2')},k1:${keys[0].key.toString('base64')}`);
    expect(await door(rotated).confirm(tokenIn(sent[0]!))).toBe('done');
    expect(await door(rotated).unsubscribe(unsubscribeToken('ada@lab.example'))).toBe('done');
  });
});

describe('limits', () => {
  test('an address is asked three times a day, and nobody is told that it was', async () => {
    for (let n = 0; n < 6; n++) await door().subscribe(wish({ from: `192.0.2.${n}` }));
    expect(sent).toHaveLength(3);
    clock.forward(24 * 3_600_000);
    await door().subscribe(wish());
    expect(sent).toHaveLength(4);
  });

  test('an asker asks ten addresses a day, and is told', async () => {
    for (let n = 0; n < 10; n++) await door().subscribe(wish({ email: `a${n}@lab.example` }));
    await expect(door().subscribe(wish({ email: 'b@lab.example' }))).rejects.toBeInstanceOf(TryLater);
    expect(sent).toHaveLength(10);
    await door().subscribe(wish({ email: 'b@lab.example', from: '192.0.2.2' }));
    expect(sent).toHaveLength(11);
  });

  test('of many at the same moment the same count', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, n) => door().subscribe(wish({ from: `192.0.2.${n}` }))));
    expect(sent).toHaveLength(3);
  });
});

describe('what can’t be read is told, with its field', () => {
  test.each<[Partial<EmailWish>, string]>([
    [{ email: 'nobody' }, 'email'],
    [{ email: 'ada@lab.example, eve@evil.example' }, 'email'],
    [{ email: 'ada@lab.example\r\nBcc: eve@evil.example' }, 'email'],
    [{ email: 'ada@[127.0.0.1]' }, 'email'],
    [{ topics: ['cat:cs.XX'] }, 'topics'],
    [{ topics: Array.from({ length: 20 }, (_, i) => `"a phrase that takes much room, number ${i}"`) }, 'topics'],
    [{ timeZone: 'Europe/Atlantis' }, 'zone'],
    [{ time: '27:00' }, 'time'],
    [{ time: 'soon' }, 'time'],
  ])('%j', async (more, field) => {
    const error = await door().subscribe(wish(more)).then(() => undefined, (thrown: unknown) => thrown as UserError);
    expect(error).toBeInstanceOf(UserError);
    expect(error!.field).toBe(field);
    expect(sent).toEqual([]);
  });
});

describe('addresses', () => {
  test.each([
    ['ada@lab.example', 'ada@lab.example'],
    [' Ada.Lovelace+papers@Lab.Example ', 'ada.lovelace+papers@lab.example'],
    ['mailto:ada@lab.example', 'ada@lab.example'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ["o'hara@lab.example", "o'hara@lab.example"],
    ['ada@localhost', undefined],
    ['ada@127.0.0.1', undefined],
    ['ada@lab', undefined],
    ['.ada@lab.example', undefined],
    ['a..b@lab.example', undefined],
    ['"a b"@lab.example', undefined],
    ['ada@lab.example:25', undefined],
    ['ada@lab.example?subject=x', undefined],
    ['ada@eve@lab.example', undefined],
    [`${'a'.repeat(65)}@lab.example`, undefined],
    ['ädа@lab.example', undefined],
  ])('%s is kept as %s', (said, kept) => expect(readAddress(said)).toBe(kept));

  test('that come out are safe in a header, whatever went in', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.tuple(fc.string(), fc.constantFrom('@', '\r\n', '<', '>', ',', ';', ' ', '\0'), fc.domain()).map((parts) => parts.join(''))), (said) => {
        const address = readAddress(said);
        if (address === undefined) return;
        expect(address).toMatch(/^[!-;=?A-~]+@[a-z0-9.-]+$/);
        expect(address).not.toMatch(/[\s<>,;:"()[\]\\]/);
        expect(readAddress(address)).toBe(address);
      }),
    );
  });

  test('go from what servers say', () => {
    expect(hideAddresses('550 5.1.1 <ada@lab.example>: user ada@lab.example unknown; see http://x.example/?a=b@c.example')).toBe('550 5.1.1 <[address]>: user [address] unknown; see http:[address]');
    expect(hideAddresses("550 no 'ada@lab.example' here, nor o'hara@lab.example, nor \"o'hara@lab.example\"")).toBe("550 no '[address]' here, nor [address], nor \"[address]\"");
  });

  test('go whole, whatever an address may hold', () => {
    const letter = fc.constantFrom(..."abz019!#$%&'*+/=?^_`{|}~-");
    const local = fc.array(fc.string({ unit: letter, minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(local, fc.constantFrom('<%>', '“%”', "'%'", '"%"', '(%)', 'user % unknown', '%: no', 'mailto:%'), (name, said) => {
        const address = readAddress(`${name}@lab.example`);
        fc.pre(address !== undefined);
        expect(hideAddresses(said.replace('%', () => address))).toBe(said.replace('%', address.startsWith("'") && !said.startsWith("'") ? "'[address]" : '[address]'));
      }),
    );
  });
});

/** Every row of every table, as text. */
async function everythingKept(): Promise<string> {
  const tables = await rowsOf<{ name: string }>(db(), sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`);
  const rows = await Promise.all(tables.map(({ name }) => rowsOf(db(), sql.raw(`select to_jsonb(t)::text as row from ${name} t`))));
  return JSON.stringify(rows);
}
