// What SMTP_URL, MAIL_FROM and PUBLIC_URL must look like.
import { readAddress } from '../../core/email.ts';

/** Every problem, in words that show no secret. */
export function checkEnv({ SMTP_URL: server, MAIL_FROM: from, PUBLIC_URL: home }: Record<string, string | undefined>): string[] {
  const problems: string[] = [];
  const say = (problem: string) => problems.push(`email: ${problem}`);
  if (!server) say('MAIL_FROM is set, but SMTP_URL is missing: where mail is handed in, such as smtps://user:password@smtp.lab.org.');
  else if (!readServer(server)) say('SMTP_URL must look like smtps://user:password@host:465 or smtp://user:password@host:587. (Its value is not shown here.)');
  if (!from) say('SMTP_URL is set, but MAIL_FROM is missing: who the mails come from, such as Paperround <papers@lab.org>.');
  else if (!readSender(from)) say('MAIL_FROM must look like papers@lab.org, or Paperround <papers@lab.org>.');
  if (!home) say('PUBLIC_URL is missing: where this bot’s web pages are reached, such as https://papers.lab.org. Mails link there to confirm and to unsubscribe.');
  else if (!isHttps(home)) say('PUBLIC_URL must begin with https://: mail providers unsubscribe by no other (RFC 8058).');
  return problems;
}

/** The mail server; undefined where it is none. */
export function readServer(text: string): { host: string; secure: boolean } | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname } = new URL(text);
  return hostname && /^smtps?:$/.test(protocol) ? { host: hostname, secure: protocol === 'smtps:' } : undefined;
}

/** `Paperround <papers@lab.org>`, or the address alone; undefined for anything else, a line break in it too. */
export function readSender(text: string): { name: string; address: string } | undefined {
  const [, quoted, name = quoted ?? '', given = text] = /^\s*(?:"([^"\\\p{Cc}]*)"|([^"<>\\\p{Cc}]*?))\s*<([^<>]+)>\s*$/u.exec(text) ?? [];
  const address = readAddress(given);
  return address === undefined ? undefined : { name: name.trim(), address };
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
