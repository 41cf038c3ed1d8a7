// The proxies whose word is taken for who asks: TRUSTED_PROXIES.
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Reads `127.0.0.1, 10.0.0.0/8, ::1` and tells of an address whether it is one of them. Throws for what is neither an address nor a network. */
export function readProxies(list: string): (address: string) => boolean {
  const proxies = new BlockList();
  for (const one of list.split(/[\s,]+/).filter(Boolean)) {
    const [address = '', prefix, ...more] = one.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    const longest = family === 'ipv6' ? 128 : 32;
    const isNetwork = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest);
    if (!isIP(address) || more.length || !isNetwork) throw new Error(`“${one}” is neither an address nor a network such as 10.0.0.0/8.`);
    proxies.addSubnet(address, Number(prefix ?? longest), family);
  }
  return (address) => isIP(address) > 0 && proxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
