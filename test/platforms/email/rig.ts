// The real mail client against the mail server on the loopback.
import { onTestFinished } from 'vitest';
import type { ChatAdapter, OutboxMessage, PlatformIo } from '../../../src/core/platform.ts';
import { say, type Doc } from '../../../src/core/doc.ts';
import { silent } from '../../../src/core/log.ts';
import { connect, type Waits } from '../../../src/platforms/email/connect.ts';
import { email } from '../../../src/platforms/email/index.ts';
import { MONDAY } from '../../support/factories.ts';
import { startMailServer, type MailServer, type MailServerOptions } from '../../support/mail-server.ts';

export interface MailRig {
  server: MailServer;
  adapter: ChatAdapter;
}

export const FROM = 'Paperround <papers@lab.example>';

/** Only what this platform uses of the bot. */
export function ioOf(env: Record<string, string>): PlatformIo {
  const io: Partial<PlatformIo> = {
    env: { MAIL_FROM: FROM, PUBLIC_URL: 'https://papers.example', ...env },
    seal: (words, about) => Buffer.from(`${about}|${words}`).toString('base64url'),
    log: silent,
    now: () => MONDAY,
  };
  return io as PlatformIo;
}

export async function startMailRig(options: MailServerOptions & { url?: (url: string) => string; waits?: Partial<Waits> } = {}): Promise<MailRig> {
  const server = await startMailServer(options);
  onTestFinished(() => server.stop());
  const adapter = await connect(ioOf({ SMTP_URL: options.url?.(server.url) ?? server.url }), options.waits);
  onTestFinished(() => adapter.stop());
  return { server, adapter };
}

export function mailOf(doc: Doc = say('Ten papers for today.'), more: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    key: 'round1x0',
    channel: { platform: 'email', workspace: 'email', id: 'ada@lab.example' },
    payload: email.render(doc)[0]!,
    title: 'Papers',
    parent: undefined,
    firstTriedAt: undefined,
    ...more,
  };
}
