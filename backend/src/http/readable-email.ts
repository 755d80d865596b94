import { domainToUnicode } from 'node:url';

/** An address as people read it: the domain is stored as punycode, in which nobody knows their own name. */
export function readableEmail(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  if (!/(^|\.)xn--/i.test(domain)) return address;
  return `${address.slice(0, at)}@${domainToUnicode(domain) || domain}`;
}
