import { createHash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';
import { holdsSecret } from '../pizzas/secret-traces.ts';

/** Where the key and the code stand in the address. */
export type ReportShape = 'path' | 'query';

/** A report URL that was judged good. Printed in any way it shows its host and fingerprint, and nothing else. */
export interface ReportUrl {
  readonly host: string;
  /** Tells one report from another in logs and rows; made without the key, so it gives nothing away. */
  readonly fingerprint: string;
  readonly shape: ReportShape;
  readonly code: string;
}

export type ReportUrlFault =
  | 'too_long'
  | 'forbidden_character'
  | 'not_a_url'
  | 'scheme'
  | 'userinfo'
  | 'fragment'
  | 'host'
  | 'port'
  | 'shape'
  | 'key'
  | 'code';

export type ReportUrlVerdict =
  | { kind: 'accepted'; url: ReportUrl }
  /** `host` is there only when it can be logged: a plain host name or address that does not spell our key. */
  | { kind: 'rejected'; reason: ReportUrlFault; host: string | undefined; fingerprint: string };

/** What a report URL is judged by. */
export interface ReportedFactory {
  origin: string;
  apiKey: string;
  /** Further host names the factory may name in its report URLs. */
  reportHosts: readonly string[];
}

const MAX_CHARACTERS = 2_048;
const MAX_HOST_CHARACTERS = 253;
const FINGERPRINT_CHARACTERS = 16;
// URL parsers drop tabs and line breaks and read a backslash as a slash, so what they saw is not what was written.
const PLAIN = /^[\x21-\x5b\x5d-\x7e]*$/;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const URL_PARTS = /^https?:\/\/([^/?#]+)(\/[^?#]*)?(?:\?([^#]*))?(#.*)?$/i;
const AUTHORITY = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i;
const CODE = /^[A-Za-z0-9_-]{1,64}$/;
const PATH_SHAPE = /^\/api\/support\/([^/]+)\/report\/([^/]+)$/;
const QUERY_PATH = '/api/report';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

class JudgedReportUrl implements ReportUrl {
  readonly host: string;
  readonly fingerprint: string;
  // Private, so that neither a spread nor an inspection that ignores our own printing shows the code.
  readonly #shape: ReportShape;
  readonly #code: string;

  constructor(parts: { host: string; fingerprint: string; shape: ReportShape; code: string }) {
    this.host = parts.host;
    this.fingerprint = parts.fingerprint;
    this.#shape = parts.shape;
    this.#code = parts.code;
  }

  get shape(): ReportShape {
    return this.#shape;
  }

  get code(): string {
    return this.#code;
  }

  toString(): string {
    return `report URL at ${this.host} (${this.fingerprint})`;
  }

  toJSON(): { host: string; fingerprint: string } {
    return { host: this.host, fingerprint: this.fingerprint };
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

interface SplitUrl {
  scheme: string;
  authority: string;
  path: string;
  query: string | undefined;
  hasFragment: boolean;
}

/** Takes a URL apart as it is written, without the corrections a URL parser makes. */
function splitUrl(text: string): SplitUrl | ReportUrlFault {
  if (text.length > MAX_CHARACTERS) return 'too_long';
  if (!PLAIN.test(text)) return 'forbidden_character';
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return 'not_a_url';
  if (scheme !== 'https' && scheme !== 'http') return 'scheme';
  const [, authority, path = '', query, fragment] = URL_PARTS.exec(text) ?? [];
  if (authority === undefined) return 'not_a_url';
  return { scheme, authority, path, query, hasFragment: fragment !== undefined };
}

interface Site {
  host: string;
  port: string | undefined;
}

/** Host and port when the host is literally one we know; a fault otherwise. */
function readSite(authority: string, factory: ReportedFactory): Site | ReportUrlFault {
  if (authority.includes('@')) return 'userinfo';
  const [, host, port] = AUTHORITY.exec(authority) ?? [];
  if (host === undefined || (port !== undefined && Number(port) > 65_535)) return 'not_a_url';
  // The text is compared, never what a parser makes of it: 0x7f.1 and 127.1 are not the factory at 127.0.0.1.
  const known = [new URL(factory.origin).hostname, ...factory.reportHosts];
  const isKnown = known.some((name) => name.toLowerCase() === host.toLowerCase());
  return isKnown ? { host: host.toLowerCase(), port } : 'host';
}

/** The factory leaves its port out and says https always, so only a written port of plain http has a meaning. */
function findTransportFault(scheme: string, port: string | undefined, factory: ReportedFactory) {
  if (scheme === 'https') return undefined;
  const own = new URL(factory.origin);
  if (!LOOPBACK.test(own.hostname)) return 'scheme';
  return port === undefined || port === own.port ? undefined : 'port';
}

function readShape({ path, query }: SplitUrl) {
  if (query === undefined) {
    const [, key, code] = PATH_SHAPE.exec(path) ?? [];
    return key !== undefined && code !== undefined ? { shape: 'path' as const, key, code } : undefined;
  }
  if (path !== QUERY_PATH) return undefined;
  const [first, second, ...others] = query.split('&').map((pair) => {
    const [name, ...value] = pair.split('=');
    return { name, value: value.join('=') };
  });
  if (first === undefined || second === undefined || others.length > 0) return undefined;
  const [key, code] = first.name === 'apiKey' ? [first, second] : [second, first];
  if (key.name !== 'apiKey' || code.name !== 'fixCode') return undefined;
  return { shape: 'query' as const, key: key.value, code: code.value };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function fingerprintOf(...parts: string[]): string {
  return sha256(JSON.stringify(parts)).toString('hex').slice(0, FINGERPRINT_CHARACTERS);
}

/** Compared as digests: neither the length nor the place of the first difference shows in the time. */
function isOwnKey(encoded: string, apiKey: string): boolean {
  try {
    return timingSafeEqual(sha256(decodeURIComponent(encoded)), sha256(apiKey));
  } catch {
    // Percent signs that encode nothing.
    return false;
  }
}

function judge(parts: SplitUrl, factory: ReportedFactory): ReportUrl | ReportUrlFault {
  const site = readSite(parts.authority, factory);
  if (typeof site === 'string') return site;
  const transportFault = findTransportFault(parts.scheme, site.port, factory);
  if (transportFault !== undefined) return transportFault;
  if (parts.hasFragment) return 'fragment';
  const found = readShape(parts);
  if (found === undefined) return 'shape';
  if (!isOwnKey(found.key, factory.apiKey)) return 'key';
  // The code is stored: one that spells our key would carry it into the database.
  if (!CODE.test(found.code) || holdsSecret(found.code, [factory.apiKey])) return 'code';
  const { shape, code } = found;
  return new JudgedReportUrl({
    host: site.host,
    fingerprint: fingerprintOf(factory.origin, shape, code),
    shape,
    code,
  });
}

function harmlessHost(authority: string, apiKey: string): string | undefined {
  const host = AUTHORITY.exec(authority)?.[1];
  if (host === undefined || host.length > MAX_HOST_CHARACTERS || holdsSecret(host, [apiKey]))
    return undefined;
  return host.toLowerCase();
}

/**
 * Judges the text a factory gave as its report URL. It is hostile: it makes us send a request, and holds our key.
 * Only the shape and the code of an accepted one are ever used (`rebuildReportUrl`); its text is never called.
 */
export function parseReportUrl(text: string, factory: ReportedFactory): ReportUrlVerdict {
  const parts = splitUrl(text);
  const judged = typeof parts === 'string' ? parts : judge(parts, factory);
  if (typeof judged !== 'string') return { kind: 'accepted', url: judged };
  return {
    kind: 'rejected',
    reason: judged,
    host: typeof parts === 'string' ? undefined : harmlessHost(parts.authority, factory.apiKey),
    fingerprint: fingerprintOf(factory.origin, 'rejected', text),
  };
}

/** Answers what is really called: always at the configured factory. Throws RangeError on a code of another form. */
export function rebuildReportUrl(
  { shape, code }: { shape: ReportShape; code: string },
  { origin, apiKey }: { origin: string; apiKey: string },
): string {
  if (!CODE.test(code)) throw new RangeError('not a code of a report URL');
  const key = encodeURIComponent(apiKey);
  return shape === 'query'
    ? `${origin}${QUERY_PATH}?apiKey=${key}&fixCode=${code}`
    : `${origin}/api/support/${key}/report/${code}`;
}

/** Answers the text as it came when a client may have it: a link to a host we know that holds none of our keys. */
export function presentableToClient(
  text: string,
  factory: ReportedFactory,
  allApiKeys: readonly string[],
): string | undefined {
  const parts = splitUrl(text);
  if (typeof parts === 'string' || typeof readSite(parts.authority, factory) === 'string') return undefined;
  return holdsSecret(text, allApiKeys) ? undefined : text;
}
