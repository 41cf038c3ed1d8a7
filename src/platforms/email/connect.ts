// The connection to the mail server: a few at a time, kept open while there is mail.
import { PassThrough } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import type { ChatAdapter, OutboxMessage, Payload, PlatformIo, Receipt } from '../../core/platform.ts';
import { EMAIL, pageUrl, readAddress, UNSUBSCRIBE } from '../../core/email.ts';
import { unsubscribePath } from '../../core/email-door.ts';
import { ConfigError, NotAllowed, wordsOf } from '../../core/errors.ts';
import { letterOf, type Body } from './letter.ts';
import { readSender, readServer } from './settings.ts';
import { verdictOf } from './verdict.ts';

export interface Waits {
  connectionTimeout: number;
  greetingTimeout: number;
  /** Without a word from the server. RFC 5321, 4.5.3.2 has it take minutes over a mail; after two the answer counts as lost. */
  socketTimeout: number;
}

const WAITS: Waits = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 120_000 };
/** So that nobody's out-of-office answers it (RFC 3834). */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated' };
/** As many connections as mail servers bear of one sender. */
const AT_ONCE = 5;

/**
 * Signs in at SMTP_URL. TLS is asked for unless the server is this machine, or the URL says `?requireTLS=false`. Throws
 * NotAllowed for a wrong password, ConfigError for a server without TLS, and anything else where it can't be reached.
 */
export async function connect(io: PlatformIo, waits: Partial<Waits> = {}): Promise<ChatAdapter> {
  const { SMTP_URL: url = '', MAIL_FROM: sender = '', PUBLIC_URL: home = '' } = io.env;
  const { host, secure } = readServer(url)!;
  const from = readSender(sender)!;
  const domain = from.address.slice(from.address.indexOf('@') + 1);
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    // Never sends twice by itself: the outbox is the one retry loop.
    ...{ url, pool: true, maxConnections: AT_ONCE, maxRequeues: 0 },
    ...{ requireTLS: !secure && !isHere(host), ...WAITS, ...waits },
    // Nothing of a mail may be read from a file or fetched from the web.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  // Mails of which everything has been handed over: from then on a lost answer leaves them in doubt.
  const handedOver = new Set<string>();
  transport.use('stream', ({ data, message }, done) => {
    message.transform(() => new PassThrough({ flush: (end) => (handedOver.add(data.messageId!), end()) }));
    done();
  });
  await verify();

  async function verify(): Promise<void> {
    try {
      await transport.verify();
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'EAUTH') throw new NotAllowed('EAUTH', 'Check user and password in SMTP_URL');
      if (code === 'ETLS' || /STARTTLS|certificate|\b(TLS|SSL)\b/i.test(wordsOf(error))) {
        throw new ConfigError([`The mail server offers no TLS that can be trusted (${wordsOf(error)}). Use smtps://, or, in a network that you trust, add ?requireTLS=false to SMTP_URL.`]);
      }
      throw error;
    }
  }

  async function deliver(address: string, mail: SendMailOptions & { messageId: string }, firstTriedAt?: Date): Promise<void> {
    try {
      await transport.sendMail({ ...mail, from, to: { name: '', address }, date: io.now(), textEncoding: 'quoted-printable' });
    } catch (error) {
      const waitedMs = firstTriedAt ? io.now().getTime() - firstTriedAt.getTime() : 0;
      throw verdictOf(error, { handedOver: handedOver.has(mail.messageId), waitedMs });
    } finally {
      handedOver.delete(mail.messageId);
    }
  }

  async function post({ key, channel, payload, firstTriedAt }: OutboxMessage): Promise<Receipt> {
    const body = payload as unknown as Body;
    const address = channel.id;
    const unsubscribe = pageUrl(home, unsubscribePath(io.seal(address, UNSUBSCRIBE)));
    // The outbox's own key: the mail is the same however often it is sent.
    const messageId = `<${key}@${domain}>`;
    const list = { unsubscribe: { url: unsubscribe }, id: { url: `roundups.${domain}`, comment: 'Paperround' } };
    const headers = { ...AUTOMATIC, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
    await deliver(address, { subject: body.subject, ...letterOf(body, { address, home, unsubscribe }), messageId, list, headers }, firstTriedAt);
    return { id: messageId, channel: address };
  }

  async function tell(address: string, payload: Payload): Promise<string> {
    const body = payload as unknown as Body;
    const messageId = `<${crypto.randomUUID()}@${domain}>`;
    await deliver(address, { subject: body.subject, ...letterOf(body, { address, home }), messageId, headers: AUTOMATIC });
    return address;
  }

  return {
    post,
    tell: ({ person }, payload) => tell(person, payload),
    preflight: async ({ workspace, id }) =>
      workspace === EMAIL.workspace && readAddress(id) === id ? { ok: true } : { ok: false, code: 'smtp_no_address', problem: 'This is no e-mail address.', fix: 'Subscribe it again.' },
    async check() {
      await verify();
      return `signed in at ${host}; mails come from ${from.address}`;
    },
    stop: async () => transport.close(),
  };
}

function isHere(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
