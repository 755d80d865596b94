import { BlockList, isIP } from 'node:net';
import type { RequestHandler } from 'express';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Lets only programs on this machine pass. A browser here is no such program: a page from elsewhere could
 * reach the loopback through it (own `Origin`) or through a name that it had rebound to it (foreign `Host`).
 * A proxy here speaks for others, too.
 */
export const controlGuard: RequestHandler = (request, response, next) => {
  const { host, origin, 'sec-fetch-site': site, 'x-forwarded-for': via, forwarded } = request.headers;
  const isLocal = isLoopbackAddress(request.socket.remoteAddress) && isLoopbackHost(host);
  const isFromPage = origin !== undefined || (site !== undefined && site !== 'none');
  const isProxied = via !== undefined || forwarded !== undefined;
  if (isLocal && !isFromPage && !isProxied) return next();
  response.status(403).json({ message: 'forbidden' });
};

/** Answers whether the address is this machine's loopback, in IPv4, IPv6 or IPv4 in IPv6. */
export function isLoopbackAddress(address: string | undefined): boolean {
  const version = isIP(address ?? '');
  return version !== 0 && loopback.check(address ?? '', version === 6 ? 'ipv6' : 'ipv4');
}

/** Answers whether a `Host` header names the loopback; a name that merely resolves to it does not. */
export function isLoopbackHost(host: string | undefined): boolean {
  if (!host || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || isLoopbackAddress(hostname.replace(/^\[(.*)\]$/, '$1'));
}
