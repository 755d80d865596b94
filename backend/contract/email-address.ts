import { z } from 'zod';
import { issueText } from './field-errors.ts';

const MAX_CHARACTERS = 254;
// RFC 5322: words of `atext`, parted by single dots. A quoted local part is allowed there, and by no mail provider.
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const ASCII = /^[\x21-\x7e]+$/;

/**
 * A domain as mail systems send it: an internationalised one as punycode, which is the same for every spelling of it.
 * Undefined for what is no domain. `URL` knows the rules (UTS 46) in browsers, too.
 */
export function toAsciiDomain(domain: string): string | undefined {
  if (ASCII.test(domain)) return domain;
  // What ends a host in a URL would be cut off, and an escape would be undone.
  if (/[\s/?#@:[\]\\%]/.test(domain) || !URL.canParse(`http://${domain}`)) return undefined;
  return new URL(`http://${domain}`).hostname;
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  const top = labels.at(-1) ?? '';
  // A number at the end is an address of a machine.
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(top);
}

/** The one spelling an address is stored and looked up in, or undefined for what is no address. */
export function normalizeEmail(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(0, at));
  const domain = toAsciiDomain(text.slice(at + 1).normalize('NFC'));
  if (domain === undefined || !LOCAL_PART.test(local) || !isDomain(domain)) return undefined;
  const address = `${local}@${domain}`;
  return address.length > MAX_CHARACTERS ? undefined : address;
}

/** Takes what mail systems take; an internationalised domain comes out as punycode. */
export const emailSchema = z
  .string(issueText('not_text'))
  .trim()
  .min(1, issueText('empty'))
  .max(MAX_CHARACTERS, issueText('too_long', { count: MAX_CHARACTERS }))
  .overwrite((text) => normalizeEmail(text) ?? text)
  .refine((text) => normalizeEmail(text) !== undefined, issueText('not_email'))
  .meta({ format: 'email' });
