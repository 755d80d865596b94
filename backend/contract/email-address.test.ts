import { describe, expect, it } from '@jest/globals';
import { emailSchema, normalizeEmail } from './email-address.ts';

describe('an e-mail address', () => {
  it.each([
    'tom&jerry@example.com',
    "o'brien+x@example.com",
    'q%z#1=/^*!$@example.com',
    '7Qx%T&K@test.com',
    '{curly}|~`?@example.com',
    'first.last@sub.domain.example.museum',
    'UPPER@Example.COM',
    'a@b.co',
    '1@2.io',
    'zoe@xn--80a1acny.xn--p1ai',
    `${'a'.repeat(242)}@example.com`,
  ])('is taken as mail systems take it, and kept as it was written: %s', (address) => {
    expect(emailSchema.parse(` ${address} `)).toBe(address);
  });

  it.each([
    ['zoe@почта.рф', 'zoe@xn--80a1acny.xn--p1ai'],
    ['zoe@ПОЧТА.рф', 'zoe@xn--80a1acny.xn--p1ai'],
    ['a@bücher.example', 'a@xn--bcher-kva.example'],
    ['a@bu\u0308cher.example', 'a@xn--bcher-kva.example'],
    ['a@例え。テスト', 'a@xn--r8jz45g.xn--zckzah'],
  ])('of an internationalised domain is stored as punycode: %s', (address, stored) => {
    expect(emailSchema.parse(address)).toBe(stored);
    expect(normalizeEmail(stored)).toBe(stored);
  });

  it.each([
    '',
    'nobody',
    '@example.com',
    'a@',
    'a@b',
    'a@@example.com',
    'a@b@example.com',
    'a b@example.com',
    'a@exa mple.com',
    '"quoted"@example.com',
    'a..b@example.com',
    '.a@example.com',
    'a.@example.com',
    'zoë@example.com',
    'a@-example.com',
    'a@example-.com',
    'a@example..com',
    'a@.example.com',
    'a@example.com.',
    'a@example_x.com',
    'a@127.0.0.1',
    'a@[127.0.0.1]',
    'a@пример.рф/path',
    'a@пример.рф:80',
    'a@пример.рф?x',
    'a@пример.рф#x',
    'a@пример%2eрф',
    'a,b@example.com',
    'a<b>@example.com',
    'a;b@example.com',
    'a(b)@example.com',
    'a\u0000@example.com',
    'a\n@example.com',
    `a@${'x'.repeat(64)}.com`,
    `${'a'.repeat(243)}@example.com`,
    `a@${'ü'.repeat(60)}.${'ö'.repeat(60)}.${'ä'.repeat(60)}.example`,
  ])('is refused where no mail system would deliver it: %j', (address) => {
    expect(emailSchema.safeParse(address).success).toBe(false);
  });
});
