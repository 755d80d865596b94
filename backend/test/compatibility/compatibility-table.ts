import { accountCases } from './account-cases.ts';
import type { CompatibilityCase } from './compatibility-case.ts';
import { franchiseCases } from './franchise-cases.ts';
import { otherOriginCases } from './other-origin-cases.ts';
import { pizzaCases } from './pizza-cases.ts';
import { userCases } from './user-cases.ts';

/** A trailing slash is the same address. */
function withSlash(line: CompatibilityCase): CompatibilityCase {
  const [address = '', query] = line.request.split('?');
  const request = `${address}/${query === undefined ? '' : `?${query}`}` as CompatibilityCase['request'];
  return { ...line, law: `${line.law}, with a trailing slash`, request };
}

const written: CompatibilityCase[] = [
  ...accountCases,
  ...userCases,
  ...pizzaCases,
  ...franchiseCases,
  ...otherOriginCases,
];

/**
 * The API of the older generation of JWT Pizza clients as one table, written from what they send and read: every line
 * twice, because some of them write every address with a slash at its end.
 */
export const compatibilityTable: readonly CompatibilityCase[] = written.flatMap((line) =>
  line.request === 'GET /' ? [line] : [line, withSlash(line)],
);
