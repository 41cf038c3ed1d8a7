// Mails on their way: the real client, and a server that takes them, refuses them, or loses its answer.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChannelGone, ConfigError, NotAllowed, OutcomeUnknown, TryLater } from '../../../src/core/errors.ts';
import { connect } from '../../../src/platforms/email/connect.ts';
import { MONDAY } from '../../support/factories.ts';
import { startMailServer, type MailFault } from '../../support/mail-server.ts';
import { ioOf, mailOf, startMailRig } from './rig.ts';

const refused = (at: 'sender' | 'address' | 'mail', says: string): MailFault => ({ at, says });
const thrown = (work: Promise<unknown>) => work.then(() => 'nothing', (error: unknown) => error);

describe('a mail', () => {
  test('goes to its address, says who it is from, and how to end it', async () => {
    const { server, adapter } = await startMailRig();
    const receipt = await adapter.post(mailOf());
    const [mail] = server.mails;
    expect(mail!.for).toEqual(['ada@lab.example']);
    expect(mail!.from!.text).toBe('"Paperround" <papers@lab.example>');
    expect(mail!.subject).toBe('Ten papers for today.');
    expect(mail!.date).toEqual(new Date(Math.floor(MONDAY.getTime() / 1_000) * 1_000));
    expect(mail!.messageId).toBe('<round1x0@lab.example>');
    expect(receipt).toEqual({ id: '<round1x0@lab.example>', channel: 'ada@lab.example' });
    expect(mail!.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    const [, link] = /^List-Unsubscribe:\s*<(https:\/\/papers\.example\/email\/unsubscribe\?token=\S+)>\r$/m.exec(mail!.raw.replace(/\r\n[ \t]+/g, ''))!;
    expect(mail!.text).toContain(link);
    expect(mail!.html).toContain(link);
    expect(mail!.raw).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(mail!.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  test('that is sent again is the same to who receives it', async () => {
    const { server, adapter } = await startMailRig();
    await adapter.post(mailOf());
    await adapter.post(mailOf());
    expect(server.mails.map(({ messageId }) => messageId)).toEqual(['<round1x0@lab.example>', '<round1x0@lab.example>']);
  });

  test('that asks somebody has nothing to unsubscribe from yet', async () => {
    const { server, adapter } = await startMailRig();
    await adapter.tell!({ workspace: 'email', person: 'ada@lab.example' }, mailOf().payload);
    expect(server.mails[0]!.raw).not.toMatch(/unsubscribe/i);
  });

  test('and many more share a few connections', async () => {
    const { server, adapter } = await startMailRig();
    await Promise.all(Array.from({ length: 40 }, (_, i) => adapter.post(mailOf(undefined, { key: `mail${i}` }))));
    expect(server.mails).toHaveLength(40);
    expect(server.connections()).toBeLessThanOrEqual(5);
  });
});

describe('words of strangers', () => {
  const HEADERS = ['auto-submitted', 'content-type', 'date', 'from', 'list-id', 'list-unsubscribe', 'list-unsubscribe-post', 'message-id', 'mime-version', 'subject', 'to'];
  const tricky = fc.constantFrom('\r\n', '\n', '\r', '\0', 'Bcc: eve@evil.example', '\r\n\r\n', '.\r\n', '\r\n.\r\n', '=?utf-8?q?=0D=0ABcc:_eve?=', '<', '>', '"', ',', ';', 'é', '😀', '\u202e', ' '.repeat(200));
  const words = fc.array(fc.oneof(tricky, fc.string({ unit: 'binary' }), fc.string()), { maxLength: 12 }).map((parts) => parts.join(''));

  test('put nothing into the envelope or the head of a mail, and end no mail early', async () => {
    const { server, adapter } = await startMailRig();
    await fc.assert(
      fc.asyncProperty(words, words, async (title, body) => {
        await adapter.post(mailOf({ title, summary: body, blocks: [{ kind: 'item', title: { text: title, url: `https://ok.example/${encodeURI(title.toWellFormed())}` }, facts: [body], body }, { kind: 'text', spans: [body] }] }));
        const mail = server.mails.pop()!;
        expect(server.mails).toEqual([]);
        expect(mail.for).toEqual(['ada@lab.example']);
        expect(mail.headerLines.map(({ key }) => key).sort()).toEqual(HEADERS);
        expect(mail.raw.slice(0, mail.raw.indexOf('\r\n\r\n'))).toMatch(/^[\t\r\n -~]*$/);
        expect(mail.text).toContain('Unsubscribe: https://papers.example/');
        expect(mail.html).toContain('</html>');
      }),
      { numRuns: 150 },
    );
  });
});

describe('a server’s refusal', () => {
  test.each<[MailFault, new (...args: never[]) => Error, string]>([
    [refused('address', '550 5.1.1 <ada@lab.example> user unknown'), ChannelGone, 'smtp_550'],
    [refused('address', '550 no such user here'), ChannelGone, 'smtp_550'],
    [refused('address', '553 5.1.3 bad address syntax'), ChannelGone, 'smtp_553'],
    [refused('mail', '550 5.2.1 mailbox disabled'), ChannelGone, 'smtp_550'],
    [refused('address', '451 4.7.1 greylisted, come back later'), TryLater, 'greylisted'],
    [refused('sender', '450 4.3.2 system not accepting messages'), TryLater, 'not accepting'],
    [refused('mail', '452 4.3.1 out of storage'), TryLater, 'out of storage'],
    // Whatever the reason is, with the reason.
    [refused('address', '550 5.7.1 relaying denied'), ChannelGone, 'smtp_550: 550 5.7.1 relaying denied'],
    [refused('address', '554 5.7.1 blocked, see our list'), ChannelGone, 'smtp_554: 554 5.7.1 blocked, see our list'],
    [refused('mail', '552 5.3.4 message too big'), ChannelGone, 'smtp_552: 552 5.3.4 message too big'],
    [refused('mail', '554 looks like spam'), ChannelGone, 'smtp_554: 554 looks like spam'],
    // Ours to mend: no address had been named yet, or a password is wanted.
    [refused('sender', '553 5.1.8 sender not allowed'), TryLater, 'sender not allowed'],
    [refused('sender', '550 5.7.1 you are on our list'), TryLater, 'on our list'],
    [refused('address', '530 5.7.0 authentication required'), TryLater, 'authentication required'],
  ])('%j is told for what it is', async (fault, kind, words) => {
    const { server, adapter } = await startMailRig();
    server.fail(fault);
    const error = (await thrown(adapter.post(mailOf()))) as Error;
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain('ada@');
    expect(server.mails).toEqual([]);
    // And says nothing of the next.
    await adapter.post(mailOf());
    expect(server.mails).toHaveLength(1);
  });

  test('that asks to come back is obeyed after a minute, and after as long again each time, at most an hour', async () => {
    const { server, adapter } = await startMailRig();
    for (const [waited, next] of [[undefined, 60], [60, 60], [600, 600], [18_000, 3_600]] as const) {
      server.fail(refused('address', '451 later'));
      const firstTriedAt = waited === undefined ? undefined : new Date(MONDAY.getTime() - waited * 1_000);
      expect(await thrown(adapter.post(mailOf(undefined, { firstTriedAt })))).toMatchObject({ name: 'TryLater', afterMs: next * 1_000 });
    }
  });

  test('never comes to a server for an address that is none', async () => {
    const { server, adapter } = await startMailRig();
    const channel = { platform: 'email', workspace: 'email', id: 'ada lab.example\r\nRCPT TO:<eve@evil.example>' };
    expect(await thrown(adapter.post(mailOf(undefined, { channel })))).toBeInstanceOf(ChannelGone);
    expect(server.mails).toEqual([]);
    expect(await adapter.preflight(channel)).toMatchObject({ ok: false });
  });
});

describe('a connection', () => {
  test('that is cut before the mail was handed over has delivered nothing', async () => {
    const { server, adapter } = await startMailRig();
    server.fail('cut before the mail');
    const payload = { subject: 'Long', preview: '', html: 'word '.repeat(1_000_000), text: '' };
    expect(await thrown(adapter.post(mailOf(undefined, { payload })))).toBeInstanceOf(TryLater);
  });

  test('that is cut after the mail leaves it in doubt, and isn’t tried again by itself', async () => {
    const { server, adapter } = await startMailRig();
    server.fail('cut after the mail');
    expect(await thrown(adapter.post(mailOf()))).toBeInstanceOf(OutcomeUnknown);
    expect(server.mails).toHaveLength(1);
  });

  test('whose server says nothing more after the mail leaves it in doubt', async () => {
    const { server, adapter } = await startMailRig({ waits: { socketTimeout: 150 } });
    server.fail('silent after the mail');
    expect(await thrown(adapter.post(mailOf()))).toBeInstanceOf(OutcomeUnknown);
    expect(server.mails).toHaveLength(1);
  });

  test('that nobody takes has delivered nothing', async () => {
    const { server, adapter } = await startMailRig();
    await server.stop();
    expect(await thrown(adapter.post(mailOf()))).toBeInstanceOf(TryLater);
    server.stop = async () => {};
  });
});

describe('signing in', () => {
  const login = { user: 'papers', password: 's3cret' };

  test('is checked at the start, and by the doctor', async () => {
    const { adapter } = await startMailRig({ login });
    expect(await adapter.check!()).toBe('signed in at 127.0.0.1; mails come from papers@lab.example');
  });

  test('with a wrong password needs a person, and is told without it', async () => {
    const error = (await thrown(startMailRig({ login, url: (url) => url.replace('s3cret', 'hush') }))) as NotAllowed;
    expect(error).toBeInstanceOf(NotAllowed);
    expect(`${error.message} ${error.fix}`).toMatch(/user and password in SMTP_URL/);
    expect(`${error.message} ${error.fix}`).not.toMatch(/hush|s3cret/);
  });

  test('asks for TLS, and goes no further where it is refused', async () => {
    const error = (await thrown(startMailRig({ login, url: (url) => `${url}?requireTLS=true` }))) as ConfigError;
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.problems[0]).toMatch(/no TLS that can be trusted.*smtps:\/\//);
  });

  test('trusts no certificate that nobody vouches for', async () => {
    expect(await thrown(startMailRig({ plain: false, url: (url) => `${url}?requireTLS=true` }))).toBeInstanceOf(ConfigError);
  });

  test('is over TLS where the server has it', async () => {
    const { server, adapter } = await startMailRig({ plain: false, url: (url) => `${url}?requireTLS=true&tls.rejectUnauthorized=false` });
    await adapter.post(mailOf());
    expect(server.mails[0]!.raw).toContain('Ten papers');
  });

  test('where nobody answers is tried again, not given up', async () => {
    const server = await startMailServer();
    await server.stop();
    const error = await thrown(connect(ioOf({ SMTP_URL: server.url })));
    expect(error).not.toBeInstanceOf(ConfigError);
    expect(error).not.toBeInstanceOf(NotAllowed);
  });
});
