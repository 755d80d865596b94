import { expect, it } from '@jest/globals';
import { nameDevice } from './device-name.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';

it.each<[string, string | null, string | null]>([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36`, 'Chrome', 'Windows'],
  [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`, 'Edge', 'Windows'],
  [
    `Mozilla/5.0 (Linux; Android 16; Pixel 9) ${WEBKIT} Chrome/140.0 Mobile Safari/537.36`,
    'Chrome',
    'Android',
  ],
  [
    `Mozilla/5.0 (Linux; Android 15) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0`,
    'Samsung Internet',
    'Android',
  ],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/140.0 Safari/537.36`, 'Chrome', 'ChromeOS'],
  [`${MAC} Version/26.0 Safari/605.1.15`, 'Safari', 'macOS'],
  [`${MAC} Chrome/140.0 Safari/537.36 OPR/120.0`, 'Opera', 'macOS'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) FxiOS/140.0 Mobile Safari/605.1',
    'Firefox',
    'iPhone',
  ],
  ['Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) CriOS/140.0 Mobile Safari/605.1', 'Chrome', 'iPad'],
  ['curl/8.9.1', 'curl', null],
  ['PostmanRuntime/7.45.0', 'PostmanRuntime', null],
  ['node', 'node', null],
])('a client that calls itself %j is %s on %s', (userAgent, program, system) => {
  expect(nameDevice(userAgent)).toEqual({ program, system });
});

it.each([null, '', 'Mozilla/5.0', '<script>alert(1)</script>', '\u202e evil', `${'x'.repeat(40)}/1`])(
  'a client that calls itself %j is no program and no system',
  (userAgent) => {
    expect(nameDevice(userAgent)).toEqual({ program: null, system: null });
  },
);
