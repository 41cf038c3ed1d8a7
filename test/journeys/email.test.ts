// Somebody in a chat wants the roundup in their own inbox, agrees there, reads it the next morning, and leaves.
import { describe, expect, test } from 'vitest';
import { checkDelivery } from '../../src/bin/verbs/check-delivery.ts';
import { listChannels } from '../../src/db/channels.ts';
import { outbox } from '../../src/db/schema.ts';
import { ingestSamples } from '../../src/ingest/samples.ts';
import * as sources from '../../src/sources/index.ts';
import { PUBLIC_URL } from '../support/bot.ts';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import type { MailFault, Received } from '../support/mail-server.ts';
import { BOTH, openStage, type Stage } from './stage.ts';

const db = useDb();

/** The mails in somebody's inbox, once there are as many. */
async function inbox({ world }: Stage, count: number): Promise<Received[]> {
  await expect.poll(() => world.mail.mails.length, { timeout: 10_000 }).toBe(count);
  return world.mail.mails;
}

/** The token of a link in a mail. */
function tokenOf(mail: Received, page: 'confirm' | 'unsubscribe'): string {
  const [link] = new RegExp(`${PUBLIC_URL}/email/${page}\\S+`).exec(mail.text!)!;
  return new URL(link).searchParams.get('token')!;
}

describe.each(BOTH)('a roundup by e-mail, asked for on %s', (name) => {
  test('comes at the address’ own hour and zone once it has agreed, and ends at one press', async () => {
    await ingestSamples({ db: db(), sources: Object.values(sources) });
    const stage = await openStage(name, db(), { at: '2026-07-27T19:00:00Z', email: true });
    const { email } = stage.bot.app;

    const asked = await stage.type('/roundup email Ada@Lab.Example attention at 7:30 America/New_York weekdays top 3', { who: 'Gus' });
    expect(asked.toChannel).toEqual([]);
    expect(asked.toAsker.at(-1)!.words).toMatch(/If ada@lab\.example takes mail, a confirmation is on its way there\. Press Confirm in it within 24 hours, and it gets a roundup on attention: weekdays at 07:30, America\/New_York, at most 3 papers\./);
    const [question] = await inbox(stage, 1);
    expect(question!.for).toEqual(['ada@lab.example']);
    expect(question!.text).toMatch(/a\s+roundup\s+on\s+attention:\s+weekdays\s+at\s+07:30,\s+America\/New_York/);

    await stage.tickAt('2026-07-28T11:30:00Z');
    expect(stage.world.mail.mails).toHaveLength(1);

    expect(await email!.confirm(tokenOf(question!, 'confirm'))).toBe('done');
    await stage.tickAt('2026-07-29T11:29:00Z');
    expect(stage.world.mail.mails).toHaveLength(1);
    await stage.tickAt('2026-07-29T11:30:00Z');
    await stage.bot.app.tick();
    const [, roundup, ...more] = stage.world.mail.mails;
    expect(more).toEqual([]);
    expect(roundup!.subject).toBe('Trending papers, 29 July 2026');
    expect(roundup!.for).toEqual(['ada@lab.example']);
    expect(roundup!.text!.match(/^\d+\. /gm)).toHaveLength(3);
    expect(roundup!.text!.replace(/\s+/g, ' ').match(/matches attention/g)).toHaveLength(3);
    expect(stage.posts()).toEqual([]);

    expect(await email!.unsubscribe(tokenOf(roundup!, 'unsubscribe'))).toBe('done');
    await havePapers(db(), [{ title: 'Fresh attention', listedOn: '2026-07-30' }], new Date('2026-07-30T01:00:00Z'));
    await stage.tickAt('2026-07-30T11:30:00Z');
    await stage.tickAt('2026-07-31T11:30:00Z');
    expect(stage.world.mail.mails).toHaveLength(2);
  });

  test('has the same answer whether or not the address is known, and says what can’t be read', async () => {
    const stage = await openStage(name, db(), { email: true });
    const words = async (line: string) => (await stage.type(line)).toAsker.map((one) => one.words).join('\n');
    const line = '/roundup email ada@lab.example nlp at 9 UTC';
    await words(line);
    const first = await words(line);
    await stage.bot.app.email!.confirm(tokenOf((await inbox(stage, 2))[0]!, 'confirm'));
    expect(await words(line)).toBe(first);
    await inbox(stage, 3);
    expect(await words('/roundup email ada nlp')).toContain('“ada” is no e-mail address');
    expect(await words('/roundup email ada@lab.example cat:cs.XX')).toContain('no such category');
    expect(await words('/roundup email ada@lab.example nlp layout each')).toContain('A mail has one layout');
    expect(stage.world.mail.mails).toHaveLength(3);
  });

  test('can’t be asked for where e-mail isn’t set up, and the answer says what is missing', async () => {
    const stage = await openStage(name, db());
    expect((await stage.type('/roundup email ada@lab.example')).toAsker.at(-1)!.words).toMatch(/E-mail isn’t set up here\. Whoever runs Paperround sets SMTP_URL, MAIL_FROM, PUBLIC_URL and PAPERROUND_KEYS/);
    expect(stage.world.mail.mails).toEqual([]);
  });
});

describe('on the way to an address', () => {
  async function subscribed(): Promise<Stage> {
    await havePapers(db(), [{ title: '</p><script>alert(1)</script>\r\nBcc: eve@evil.example', abstract: '=?utf-8?q?hello?= <img src=https://evil.example/pixel>' }], new Date('2026-07-27T01:00:00Z'));
    const stage = await openStage('Slack', db(), { at: '2026-07-27T08:00:00Z', email: true });
    await stage.type('/roundup email ada@lab.example everything at 9 UTC daily');
    await stage.bot.app.email!.confirm(tokenOf((await inbox(stage, 1))[0]!, 'confirm'));
    return stage;
  }
  const doctorSays = async (stage: Stage, at: string) => (await checkDelivery(stage.db, stage.bot.app.deps.config, new Date(at))).map(({ words }) => words).join('\n');
  const state = async (stage: Stage) => (await listChannels(stage.db))[0]!;

  test('a stranger’s title is text, in the body and nowhere else', async () => {
    const stage = await subscribed();
    await stage.tickAt('2026-07-27T09:00:00Z');
    const [, mail] = await inbox(stage, 2);
    expect(mail!.for).toEqual(['ada@lab.example']);
    expect(mail!.headerLines.map(({ key }) => key)).not.toContain('bcc');
    expect(mail!.html).not.toMatch(/<script|<img/i);
    expect(mail!.text!.replace(/\s+/g, ' ')).toContain('</p><script>alert(1)</script> Bcc: eve@evil.example');
  });

  test.each<[MailFault, string]>([
    [{ at: 'address', says: '550 5.1.1 <ada@lab.example> no such user' }, 'smtp_550: 550 5.1.1 <[address]> no such user'],
    [{ at: 'address', says: '550 5.7.1 blocked, see our list' }, 'smtp_550: 550 5.7.1 blocked, see our list'],
    [{ at: 'mail', says: '554 5.7.1 looks like spam' }, 'smtp_554: 554 5.7.1 looks like spam'],
  ])('%j pauses it at once, and the doctor’s words say why', async (fault, why) => {
    const stage = await subscribed();
    stage.world.mail.fail(fault);
    await stage.tickAt('2026-07-27T09:00:00Z');
    expect(await state(stage)).toMatchObject({ pausedCode: why.slice(0, 8), pausedWhy: why });
    expect(await doctorSays(stage, '2026-07-27T09:01:00Z')).toContain(`email/email/a…@lab.example: the mail server refuses mail to the address (${why.slice(0, 8)}): ${why.slice(10)}`);
    await stage.tickAt('2026-07-28T09:00:00Z');
    expect(stage.world.mail.mails).toHaveLength(1);
  });

  test('a server that refuses the bot itself pauses nobody; it is told while it lasts, and the mail ends with its day', async () => {
    const stage = await subscribed();
    stage.world.mail.fail({ at: 'sender', says: '553 5.1.8 sender not allowed' }, 100);
    for (let at = Date.parse('2026-07-27T09:00:00Z'); at < Date.parse('2026-07-27T10:00:00Z'); at += 600_000) await stage.tickAt(new Date(at).toISOString());
    expect(await doctorSays(stage, '2026-07-27T10:00:00Z')).toMatch(/1 slot overdue: \d+\/2026-07-27\/daily \(queued, due 2026-07-27T09:00:00.000Z: .*553 5\.1\.8 sender not allowed\)/);
    await stage.tickAt('2026-07-27T15:10:00Z');
    expect(await state(stage)).toMatchObject({ pausedCode: null });
    expect(await stage.db.select({ status: outbox.status }).from(outbox)).toEqual([{ status: 'failed' }]);
    expect(await doctorSays(stage, '2026-07-27T15:11:00Z')).toMatch(/1 failed roundup: \d+\/2026-07-27\/daily in email\/email\/a…@lab\.example \(.*553 5\.1\.8 sender not allowed\)/);
    expect(stage.world.mail.mails).toHaveLength(1);
  });

  test('a 451 is tried again until it goes through', async () => {
    const stage = await subscribed();
    stage.world.mail.fail({ at: 'address', says: '451 4.7.1 greylisted' }, 2);
    await stage.tickAt('2026-07-27T09:00:00Z');
    expect(stage.world.mail.mails).toHaveLength(1);
    await stage.tickAt('2026-07-27T09:01:00Z');
    expect(stage.world.mail.mails).toHaveLength(1);
    await stage.tickAt('2026-07-27T09:02:30Z');
    expect(stage.world.mail.mails).toHaveLength(2);
    expect(await state(stage)).toMatchObject({ pausedCode: null });
  });

  test('a mail whose answer is lost is in doubt, and isn’t sent twice', async () => {
    const stage = await subscribed();
    stage.world.mail.fail('cut after the mail');
    await stage.tickAt('2026-07-27T09:00:00Z');
    for (const minute of ['01', '02', '05', '30']) await stage.tickAt(`2026-07-27T09:${minute}:00Z`);
    expect(stage.world.mail.mails).toHaveLength(2);
    expect(await stage.db.select({ status: outbox.status }).from(outbox)).toEqual([{ status: 'in_doubt' }]);
  });
});
