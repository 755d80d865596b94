import { isIP, isIPv6 } from 'node:net';

const IPV6_NETWORK_GROUPS = 4;

/** The address as people write it; undefined for what is none, which a proxy may have written. */
export function plainAddress(address: string): string | undefined {
  if (isIP(address) === 0) return undefined;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** One household or attacker has a whole /64 of IPv6 addresses, so those count as one. */
export function networkOf(address: string): string | undefined {
  const plain = plainAddress(address);
  if (plain === undefined || !isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, IPV6_NETWORK_GROUPS).join(':')}::/64`;
}
