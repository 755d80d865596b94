import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { array, constantFrom, oneof, property, string, stringMatching, tuple } from 'fast-check';
import { holds } from '../../../../test/support/holds.ts';
import {
  parseReportUrl,
  presentableToClient,
  type ReportedFactory,
  type ReportUrlFault,
  rebuildReportUrl,
} from './report-url.ts';

const KEY = 'a1B2c3D4e5F60718293a4b5c6d7e8f90';
const CODE = 'Cure_9f-27';
const factory: ReportedFactory = {
  origin: 'https://factory.test:8443',
  apiKey: KEY,
  reportHosts: ['Help.Factory.test'],
};
const local: ReportedFactory = { origin: 'http://127.0.0.1:4000', apiKey: KEY, reportHosts: [] };
const byPath = (site: string): string => `${site}/api/support/${KEY}/report/${CODE}`;
const byQuery = (site: string): string => `${site}/api/report?apiKey=${KEY}&fixCode=${CODE}`;

/** Every way a value gets into a log, a trace or a message. */
function printed(value: object): string {
  const ways = [String(value), JSON.stringify(value), inspect(value), inspect({ value }, { depth: 9 })];
  return [
    ...ways,
    inspect(value, { customInspect: false, showHidden: true }),
    JSON.stringify({ ...value }),
  ].join('\n');
}

describe('a report URL is accepted', () => {
  it.each([
    ['in the path', byPath('https://factory.test'), 'path'],
    ['in the query', byQuery('https://factory.test'), 'query'],
    ['in the query, code first', `https://factory.test/api/report?fixCode=${CODE}&apiKey=${KEY}`, 'query'],
    ["with the factory's port", byPath('https://factory.test:8443'), 'path'],
    ['in capitals where they mean nothing', byPath('HTTPS://FACTORY.Test'), 'path'],
    [
      'with the key percent-encoded',
      `https://factory.test/api/support/%61${KEY.slice(1)}/report/${CODE}`,
      'path',
    ],
  ])('with key and code %s', (_, text, shape) => {
    const verdict = parseReportUrl(text, factory);
    expect(verdict).toMatchObject({ kind: 'accepted', url: { host: 'factory.test', shape, code: CODE } });
  });

  it('at a further host that was configured, and what is called is the configured factory all the same', () => {
    const verdict = parseReportUrl(byQuery('https://help.factory.test'), factory);
    if (verdict.kind !== 'accepted') throw new Error(verdict.reason);
    expect(verdict.url.host).toBe('help.factory.test');
    expect(rebuildReportUrl(verdict.url, factory)).toBe(byQuery('https://factory.test:8443'));
  });

  it.each([byPath('https://127.0.0.1'), byPath('http://127.0.0.1'), byPath('http://127.0.0.1:4000')])(
    'as %s of a factory on this machine, and is called at its port over its scheme',
    (text) => {
      const verdict = parseReportUrl(text, local);
      if (verdict.kind !== 'accepted') throw new Error(verdict.reason);
      expect(rebuildReportUrl(verdict.url, local)).toBe(byPath('http://127.0.0.1:4000'));
    },
  );

  it.each(['http://localhost:4000', 'http://[::1]:4000'])('over plain http of %s', (origin) => {
    expect(parseReportUrl(byPath(origin), { ...local, origin }).kind).toBe('accepted');
  });

  it('with a key that needs encoding, in both shapes', () => {
    const odd = { ...factory, apiKey: 'sl/ash+plus=%41&and' };
    for (const shape of ['path', 'query'] as const) {
      const text = rebuildReportUrl({ shape, code: CODE }, odd);
      expect(parseReportUrl(text, odd)).toMatchObject({ kind: 'accepted', url: { shape, code: CODE } });
    }
  });

  it('and its fingerprint tells factory, shape and code apart, but not the key or the host it was named by', () => {
    const fingerprint = (text: string, judge = factory): string => {
      const verdict = parseReportUrl(text, judge);
      return verdict.kind === 'accepted' ? verdict.url.fingerprint : verdict.kind;
    };
    const first = fingerprint(byPath('https://factory.test'));
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprint(byPath('https://help.factory.test'))).toBe(first);
    const rotated = { ...factory, apiKey: 'rotated' };
    expect(fingerprint(`https://factory.test/api/support/rotated/report/${CODE}`, rotated)).toBe(first);
    const others = [
      fingerprint(byQuery('https://factory.test')),
      fingerprint(`${byPath('https://factory.test')}x`),
      fingerprint(byPath('https://factory.test'), { ...factory, origin: 'https://factory.test' }),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
  });
});

const good = byPath('https://factory.test');
const support = 'https://factory.test/api/support';
const report = 'https://factory.test/api/report';

const hostile: [what: string, text: string, reason: ReportUrlFault][] = [
  ['another host', byPath('https://evil.test'), 'host'],
  ['a subdomain', byPath('https://www.factory.test'), 'host'],
  ['the parent domain', byPath('https://test'), 'host'],
  ['the factory as a prefix of another domain', byPath('https://factory.test.evil.test'), 'host'],
  ['the factory as the end of another name', byPath('https://evilfactory.test'), 'host'],
  ['a trailing dot', byPath('https://factory.test.'), 'host'],
  ['two dots', byPath('https://factory..test'), 'host'],
  ['a leading dot', byPath('https://.factory.test'), 'host'],
  ['no host', `https:///api/support/${KEY}/report/${CODE}`, 'not_a_url'],
  ['no scheme', byPath('//factory.test'), 'not_a_url'],
  ['a path alone', byPath(''), 'not_a_url'],
  ['nothing', '', 'not_a_url'],
  ['one slash after the scheme', byPath('https:/factory.test'), 'not_a_url'],
  ['no slash after the scheme', byPath('https:factory.test'), 'not_a_url'],
  ['backslashes for slashes', byPath('https:\\\\factory.test'), 'forbidden_character'],
  [
    'a backslash before the host that counts',
    byPath('https://factory.test\\@evil.test'),
    'forbidden_character',
  ],
  ['a user name', byPath('https://someone@factory.test'), 'userinfo'],
  ['a user name and password', byPath('https://some:one@factory.test'), 'userinfo'],
  ['the factory as user name of another host', byPath('https://factory.test@evil.test'), 'userinfo'],
  ['the factory and port as user info', byPath('https://factory.test:443@evil.test'), 'userinfo'],
  ['an empty user name', byPath('https://@factory.test'), 'userinfo'],
  ['a percent-encoded @', byPath('https://factory.test%40evil.test'), 'not_a_url'],
  ['a percent-encoded host', byPath('https://%66actory.test'), 'not_a_url'],
  ['plain http', byPath('http://factory.test'), 'scheme'],
  ['file:', 'file:///etc/passwd', 'scheme'],
  ['javascript:', `javascript:fetch("//evil.test/${KEY}")`, 'scheme'],
  ['data:', 'data:text/html,<script>alert(1)</script>', 'scheme'],
  ['ftp:', byPath('ftp://factory.test'), 'scheme'],
  ['gopher:', 'gopher://factory.test:25/_HELO', 'scheme'],
  ['a nested scheme', byPath('view-source:https://factory.test'), 'scheme'],
  ['a port that is no number', byPath('https://factory.test:x'), 'not_a_url'],
  ['a port beyond the last', byPath('https://factory.test:65536'), 'not_a_url'],
  ['an empty port', byPath('https://factory.test:'), 'not_a_url'],
  ['a line break that forges a header', `${good}\r\nX-Evil: 1`, 'forbidden_character'],
  ['a line feed within the host', byPath('https://factory\n.test'), 'forbidden_character'],
  ['a tab within the scheme', byPath('ht\ttps://factory.test'), 'forbidden_character'],
  ['a NUL at the end of the host', byPath('https://factory.test\0.evil.test'), 'forbidden_character'],
  ['a space before', ` ${good}`, 'forbidden_character'],
  ['a space after', `${good} `, 'forbidden_character'],
  ['a delete character', `${good}\x7f`, 'forbidden_character'],
  ['a line separator of Unicode', `${good}\u2028`, 'forbidden_character'],
  ['a paragraph separator of Unicode', `${good}\u2029`, 'forbidden_character'],
  ['a zero-width space', byPath('https://fac\u200btory.test'), 'forbidden_character'],
  ['a right-to-left override', byPath('https://\u202efactory.test'), 'forbidden_character'],
  ['a byte order mark', `\ufeff${good}`, 'forbidden_character'],
  ['a Cyrillic homograph', byPath('https://fаctory.test'), 'forbidden_character'],
  ['its punycode', byPath('https://xn--fctory-3nf.test'), 'host'],
  ['fullwidth letters', byPath('https://ｆactory.test'), 'forbidden_character'],
  ['a fullwidth dot', byPath('https://factory．test'), 'forbidden_character'],
  ['an ideographic dot', byPath('https://factory。test'), 'forbidden_character'],
  ['a fullwidth slash', byPath('https://evil.test／factory.test'), 'forbidden_character'],
  [
    'a Kelvin sign that lower-cases to k',
    `https://factory.test/api/support/\u212a/report/${CODE}`,
    'forbidden_character',
  ],
  ['a foreign key', `${support}/0123456789abcdef/report/${CODE}`, 'key'],
  ['a prefix of our key', `${support}/${KEY.slice(0, -1)}/report/${CODE}`, 'key'],
  ['our key and more', `${support}/${KEY}0/report/${CODE}`, 'key'],
  ['our key in another case', `${support}/${KEY.toUpperCase()}/report/${CODE}`, 'key'],
  ['our key percent-encoded twice', `${support}/%2561${KEY.slice(1)}/report/${CODE}`, 'key'],
  ['a key with a broken percent sign', `${support}/${KEY}%/report/${CODE}`, 'key'],
  ['an empty key in the path', `${support}//report/${CODE}`, 'shape'],
  ['an empty key in the query', `${report}?apiKey=&fixCode=${CODE}`, 'key'],
  ['no code in the path', `${support}/${KEY}/report/`, 'shape'],
  ['no code in the query', `${report}?apiKey=${KEY}&fixCode=`, 'code'],
  ['a code too long', `${support}/${KEY}/report/${'c'.repeat(65)}`, 'code'],
  ['a percent-encoded code', `${support}/${KEY}/report/%41`, 'code'],
  ['a code with an encoded line break', `${support}/${KEY}/report/a%0d%0aX-Evil:1`, 'code'],
  ['a code that climbs up', `${support}/${KEY}/report/..`, 'code'],
  ['a code that climbs up encoded', `${support}/${KEY}/report/%2e%2e`, 'code'],
  ['an encoded slash after the code', `${support}/${KEY}/report/${CODE}%2f..%2fadmin`, 'code'],
  ['an encoded slash in the path', `https://factory.test/api%2fsupport/${KEY}/report/${CODE}`, 'shape'],
  ['dot segments', `https://factory.test/api/order/../support/${KEY}/report/${CODE}`, 'shape'],
  ['encoded dot segments', `https://factory.test/x/%2e%2e/api/support/${KEY}/report/${CODE}`, 'shape'],
  ['a doubled slash', `https://factory.test//api/support/${KEY}/report/${CODE}`, 'shape'],
  ['a slash after', `${good}/`, 'shape'],
  ['path parameters', `${good};x=1`, 'code'],
  ['a path before', `https://factory.test/evil/api/support/${KEY}/report/${CODE}`, 'shape'],
  ['a path after', `${good}/delete`, 'shape'],
  ['another endpoint of the factory', 'https://factory.test/api/order', 'shape'],
  ['no path', 'https://factory.test', 'shape'],
  ['the path in capitals', `https://factory.test/API/support/${KEY}/report/${CODE}`, 'shape'],
  ['a query on the path shape', `${good}?redirect=https://evil.test`, 'shape'],
  ['an empty query on the path shape', `${good}?`, 'shape'],
  ['a redirect parameter', `${byQuery('https://factory.test')}&redirect=https://evil.test`, 'shape'],
  [
    'the query of a report on another path',
    byQuery('https://factory.test').replace('report', 'order'),
    'shape',
  ],
  ['a trailing ampersand', `${byQuery('https://factory.test')}&`, 'shape'],
  ['the key twice', `${report}?apiKey=${KEY}&apiKey=${KEY}`, 'shape'],
  ['the code twice', `${report}?fixCode=${CODE}&fixCode=${CODE}`, 'shape'],
  ['the code twice beside the key', `${byQuery('https://factory.test')}&fixCode=other`, 'shape'],
  ['the key as a list', `${report}?apiKey[]=${KEY}&fixCode=${CODE}`, 'shape'],
  ['an encoded parameter name', `${report}?api%4bey=${KEY}&fixCode=${CODE}`, 'shape'],
  ['parameter names in another case', `${report}?apikey=${KEY}&fixcode=${CODE}`, 'shape'],
  ['semicolons between the parameters', `${report}?apiKey=${KEY};fixCode=${CODE}`, 'shape'],
  ['a second question mark', `${report}?apiKey=${KEY}&fixCode=${CODE}?x`, 'code'],
  ['a fragment', `${good}#top`, 'fragment'],
  ['an empty fragment', `${good}#`, 'fragment'],
  ['the factory behind a fragment', `https://evil.test#${good}`, 'host'],
  ['the factory behind a query', `https://evil.test?${good}`, 'host'],
  ['cloud metadata', byPath('https://169.254.169.254'), 'host'],
  ['cloud metadata by name', byPath('https://metadata.google.internal'), 'host'],
  ['cloud metadata over IPv6', byPath('https://[fd00:ec2::254]'), 'host'],
  ['a private address', byPath('https://10.0.0.1'), 'host'],
  ['another private address', byPath('https://192.168.0.1'), 'host'],
  ['a link-local IPv6 address with a zone', byPath('https://[fe80::1%25eth0]'), 'not_a_url'],
  ['this machine, when the factory is elsewhere', byPath('https://127.0.0.1'), 'host'],
  ['this machine by name', byPath('https://localhost'), 'host'],
  ['every address of this machine', byPath('https://0.0.0.0'), 'host'],
  ['more than 2048 characters', `https://factory.test/${'a'.repeat(2_048)}`, 'too_long'],
];

/** Addresses that a URL parser or a resolver takes for 127.0.0.1, where this factory is. */
const hostileLocally: [what: string, text: string, reason: ReportUrlFault][] = [
  ['a decimal address', byPath('https://2130706433'), 'host'],
  ['an octal address', byPath('https://0177.0.0.1'), 'host'],
  ['a hexadecimal address', byPath('https://0x7f000001'), 'host'],
  ['a dotted hexadecimal address', byPath('https://0x7f.0.0.1'), 'host'],
  ['a short address', byPath('https://127.1'), 'host'],
  ['an address with a trailing dot', byPath('https://127.0.0.1.'), 'host'],
  ['an address with leading zeros', byPath('https://127.000.000.001'), 'host'],
  ['an address with fullwidth digits', byPath('https://１２７.0.0.1'), 'forbidden_character'],
  ['an address with encoded digits', byPath('https://%31%32%37.0.0.1'), 'not_a_url'],
  ['another address of this machine', byPath('https://127.0.0.2'), 'host'],
  ['this machine by name', byPath('https://localhost'), 'host'],
  ['IPv6', byPath('https://[::1]'), 'host'],
  ['IPv6 mapped', byPath('https://[::ffff:127.0.0.1]'), 'host'],
  ['IPv6 mapped in hexadecimal', byPath('https://[::ffff:7f00:1]'), 'host'],
  ['IPv6 compatible', byPath('https://[::127.0.0.1]'), 'host'],
  ['IPv6 in brackets that do not close', byPath('https://[::1'), 'not_a_url'],
  ['another port over plain http', byPath('http://127.0.0.1:22'), 'port'],
  ['a port spelled with zeros', byPath('http://127.0.0.1:04000'), 'port'],
];

describe('a hostile report URL is rejected', () => {
  it.each(hostile)('%s', (_, text, reason) => {
    expect(parseReportUrl(text, factory)).toMatchObject({ kind: 'rejected', reason });
  });

  it.each(hostileLocally)('of a factory on this machine: %s', (_, text, reason) => {
    expect(parseReportUrl(text, local)).toMatchObject({ kind: 'rejected', reason });
  });

  it('and its host is told for the alert, unless the host spells our key', () => {
    const host = (text: string): string | undefined => {
      const verdict = parseReportUrl(text, factory);
      return verdict.kind === 'rejected' ? verdict.host : verdict.kind;
    };
    expect(host(byPath('https://Evil.test:99'))).toBe('evil.test');
    expect(host(byPath(`https://${KEY}.evil.test`))).toBeUndefined();
    expect(host(byPath(`https://${KEY.slice(0, 9)}.${KEY.slice(9)}.evil.test`))).toBeUndefined();
    expect(host(byPath(`https://${Buffer.from(KEY).toString('hex')}.evil.test`))).toBeUndefined();
    expect(host(byPath('https://someone@evil.test'))).toBeUndefined();
    expect(host(byPath(`https://${'a.'.repeat(127)}test`))).toBeUndefined();
  });
});

describe('whatever a factory writes', () => {
  const part = constantFrom(
    ...[
      'https://',
      'http://',
      'factory.test',
      'help.factory.test',
      '127.0.0.1',
      'evil.test',
      ':4000',
      '@',
      '#',
    ],
    ...[
      '/api/support/',
      '/api/report',
      '/report/',
      '?',
      '&',
      'apiKey=',
      'fixCode=',
      KEY,
      CODE,
      '..',
      '%2f',
      '\\',
    ],
  );
  const ofMonths = array(oneof({ weight: 9, arbitrary: part }, string({ maxLength: 3 })), { maxLength: 12 });
  const nearlyGood = tuple(
    constantFrom(
      'https://factory.test',
      'https://help.factory.test:1',
      'http://factory.test',
      'https://evil.test',
    ),
    constantFrom(KEY, encodeURIComponent(KEY), KEY.slice(1)),
    oneof(stringMatching(/^[A-Za-z0-9_-]{6,64}$/), constantFrom('..', '%2e%2e', '')),
    constantFrom('path', 'query'),
  ).map(([site, key, code, shape]) => [
    site,
    shape === 'path' ? `/api/support/${key}/report/${code}` : `/api/report?fixCode=${code}&apiKey=${key}`,
  ]);
  const text = oneof(ofMonths, nearlyGood).map((parts) => parts.join(''));
  const judge = constantFrom(factory, local);

  it('what is called is the configured factory, by one of the two shapes', () => {
    holds(
      property(text, judge, (written, judgedBy) => {
        const verdict = parseReportUrl(written, judgedBy);
        if (verdict.kind === 'rejected') return;
        const called = new URL(rebuildReportUrl(verdict.url, judgedBy));
        expect(called.origin).toBe(judgedBy.origin);
        expect(called.pathname + called.search).toBe(
          verdict.url.shape === 'path'
            ? `/api/support/${KEY}/report/${verdict.url.code}`
            : `/api/report?apiKey=${KEY}&fixCode=${verdict.url.code}`,
        );
      }),
    );
  });

  it('a verdict, printed in any way, shows neither our key nor the code', () => {
    holds(
      property(text, judge, (written, judgedBy) => {
        const verdict = parseReportUrl(written, judgedBy);
        const shown = printed(verdict) + (verdict.kind === 'accepted' ? printed(verdict.url) : '');
        expect(shown.toLowerCase()).not.toContain(KEY.toLowerCase());
        if (verdict.kind === 'accepted') expect(shown).not.toContain(verdict.url.code);
      }),
    );
  });

  it('a client sees only what names a host we know and none of our keys', () => {
    holds(
      property(text, judge, (written, judgedBy) => {
        const presented = presentableToClient(written, judgedBy, [KEY]);
        if (presented === undefined) return;
        expect(presented).toBe(written);
        expect(presented).not.toContain(KEY);
        const known = ['factory.test', 'help.factory.test', '127.0.0.1'];
        expect(known).toContain(new URL(presented).hostname);
      }),
    );
  });
});

it('a code of another form is never called, wherever it comes from', () => {
  for (const code of ['', '..', 'a/b', 'a b', 'c'.repeat(65)]) {
    expect(() => rebuildReportUrl({ shape: 'path', code }, factory)).toThrow(RangeError);
  }
});
