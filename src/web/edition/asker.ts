// Who asks, as the network has it, and how much they may.
import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';
import type { Clock } from '../../core/schedule.ts';

/**
 * The address of who asks. A header is believed from the proxies of the settings alone: then it is the last address in
 * X-Forwarded-For that is none of theirs. Of IPv6 the first 64 bits, which one household or machine has to itself.
 */
export function addressOf(request: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } }, isProxy: (address: string) => boolean): string {
  let address = bare(request.socket.remoteAddress ?? '');
  const named = String(request.headers['x-forwarded-for'] ?? '').split(',').slice(-MOST_HOPS).map((one) => bare(one.trim()));
  while (isProxy(address) && named.length) {
    const next = named.pop()!;
    if (!isIP(next)) break;
    address = next;
  }
  return isIPv6(address) ? networkOf(address) : address;
}

const MOST_HOPS = 10;

// An IPv4 peer of a socket that takes both is `::ffff:192.0.2.1`.
function bare(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/^\[|\]$|%.*$/g, '');
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length - (after.at(-1)?.includes('.') ? 1 : 0);
  return `${[...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after].slice(0, 4).map((part) => parseInt(part, 16).toString(16)).join(':')}::/64`;
}

/** So many at once, and so many a second after that. */
export interface Allowance {
  burst: number;
  perSecond: number;
}

/** A function that takes one of what an address may ask for; else it returns the seconds until there is one again. */
export function allow({ burst, perSecond }: Allowance, now: Clock): (address: string) => number {
  const left = new Map<string, { tokens: number; at: number }>();
  return (address) => {
    const at = now().getTime();
    const { tokens, at: before } = left.get(address) ?? { tokens: burst, at };
    const full = Math.min(burst, tokens + (Math.max(0, at - before) / 1_000) * perSecond);
    left.delete(address);
    left.set(address, { tokens: full >= 1 ? full - 1 : full, at });
    if (left.size > MOST_KNOWN) left.delete(left.keys().next().value!);
    return full >= 1 ? 0 : Math.ceil((1 - full) / perSecond);
  };
}

/** Who hasn't asked for longest is forgotten, and may ask afresh. */
const MOST_KNOWN = 20_000;
