import { describe, expect, it } from '@jest/globals';
import { presentableToClient, type ReportedFactory } from '../fault-reports/report-url.ts';

const KEY = 'a1B2c3D4e5F60718293a4b5c6d7e8f90';
const factory: ReportedFactory = {
  origin: 'https://factory.test:8443',
  apiKey: KEY,
  reportHosts: ['Help.Factory.test'],
};

describe('what a client is shown of a report URL', () => {
  const other = 'second-factory-key-0042';
  const shown = (text: string) => presentableToClient(text, factory, [KEY, other]);
  const link = (secret: string): string => `https://factory.test/help?ticket=${secret}&fixCode=Cure_9f-27`;

  it.each([link('none'), 'http://factory.test:8443/a#b', 'https://help.factory.test'])(
    'is the text as it came when it holds no key of ours: %s',
    (text) => {
      expect(shown(text)).toBe(text);
    },
  );

  const percent = (text: string): string =>
    text.replace(/./g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  it.each([
    ['our key', KEY],
    ["another factory's key", other],
    ['our key in another case', KEY.toUpperCase()],
    ['our key percent-encoded', percent(KEY)],
    ['our key percent-encoded twice', percent(percent(KEY))],
    ['our key percent-encoded over and over', `%${'25'.repeat(9)}61${KEY.slice(1)}`],
    ['our key in hexadecimal', Buffer.from(KEY).toString('hex')],
    ['our key in base64', base64(KEY)],
    ['our key in base64url', Buffer.from(KEY).toString('base64url')],
    ['our key in percent-encoded base64', encodeURIComponent(base64(KEY))],
    ['our key in the base64 of a longer text', base64(`1${KEY}&fixCode`)],
    ['our key in the base64 of another longer text', base64(`12${KEY}3`)],
    ['our key split by punctuation', `${KEY.slice(0, 5)}.${KEY.slice(5)}`],
  ])('is nothing when it holds %s', (_, secret) => {
    expect(shown(link(secret))).toBeUndefined();
  });

  it.each([
    ['another host', 'https://evil.test/help'],
    ['a user name', 'https://someone@factory.test/help'],
    ['a script', 'javascript:alert(1)'],
    ['a line break', 'https://factory.test/\n'],
    ['a space', 'https://factory.test/a b'],
    ['backslashes', 'https:\\\\factory.test'],
    ['more than 2048 characters', `https://factory.test/${'a'.repeat(2_048)}`],
    ['no scheme', 'factory.test'],
  ])('is nothing when it has %s', (_, text) => {
    expect(shown(text)).toBeUndefined();
  });
});
