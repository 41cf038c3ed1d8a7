// E-mail addresses, and what is sent to one.
import type { Schedule } from './schedule.ts';

/** An address is a channel of this platform and workspace. */
export const EMAIL = { platform: 'email', workspace: 'email' } as const;

/** What links in mails are sealed as. */
export const CONFIRM = 'email: confirm';
export const UNSUBSCRIBE = 'email: unsubscribe';

/** What somebody asked to have sent to an address. */
export interface AddressWish {
  address: string;
  /** In the topic language, or names of ready-made ones; none: everything that trends. */
  topics: string[];
  schedule: Schedule;
  size: number;
  /** Who asks, as one key such as a person’s or a peer’s: so many confirmations are sent for each. */
  asker: string;
}

/** A page of the bot’s, below PUBLIC_URL. */
export function pageUrl(publicUrl: string, path: string): string {
  return `${publicUrl.replace(/\/+$/, '')}${path}`;
}

/** RFC 5321, 4.5.3.1: 64 before the @, 254 in all that fits a path of 256. */
const LOCAL = /^(?=.{1,64}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;
const LONGEST = 254;

/**
 * The address as it is kept: small letters, a domain with other letters as its ASCII name. Undefined for anything else,
 * quoted local parts and numeric hosts too, so that what comes out is safe in a header and in an envelope.
 */
export function readAddress(said: string): string | undefined {
  const [, local = '', name = ''] = /^(?:mailto:)?([^\s@]+)@([^\s@/:?#\\[\]]+)$/i.exec(said.trim()) ?? [];
  const host = `http://${name}`;
  const domain = name && URL.canParse(host) ? new URL(host).hostname : '';
  const address = `${local}@${domain}`.toLowerCase();
  return LOCAL.test(local) && DOMAIN.test(domain) && address.length <= LONGEST ? address : undefined;
}

/** `y…@lab.org`: enough to tell one's own address by. */
export function maskAddress(address: string): string {
  return address.replace(/^(.).*(?=@)/, '$1…');
}

/**
 * The text without anybody's address: servers repeat them in what they answer. All that may stand before an @ goes, as in
 * `o'hara=papers@lab.org`, and rather a word too many than a name left over; a quote in front of it stays.
 */
export function hideAddresses(text: string): string {
  return text.replace(/('?)[^\s@<>"“”(),;:]+@[^\s@<>"“”'(),;:=]+/g, '$1[address]');
}
