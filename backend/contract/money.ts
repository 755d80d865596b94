/**
 * Money is whole satoshi in code (1 ₿ = 100,000,000 satoshi) and a number of ₿ on the wire.
 * All bitcoin there will ever be is 2.1e15 satoshi, below 2^53, so whole numbers add exactly.
 */
export type Satoshi = number & { readonly __unit: 'satoshi' };

const SATOSHI_PER_BITCOIN = 100_000_000;
const DECIMALS = 8;

/** Takes whole satoshi; throws RangeError when the number is not one that adds exactly. */
export function toSatoshi(whole: number): Satoshi {
  if (!Number.isSafeInteger(whole)) throw new RangeError(`not a whole number of satoshi: ${whole}`);
  return whole as Satoshi;
}

/** True when a number of ₿ stands for a whole number of satoshi. */
export function isWholeSatoshi(bitcoin: number): boolean {
  const satoshi = Math.round(bitcoin * SATOSHI_PER_BITCOIN);
  return Number.isSafeInteger(satoshi) && satoshi / SATOSHI_PER_BITCOIN === bitcoin;
}

/** Takes ₿ as the wire carries it; throws RangeError on more than 8 decimals. */
export function satoshiFromBitcoin(bitcoin: number): Satoshi {
  if (!isWholeSatoshi(bitcoin)) throw new RangeError(`more than ${DECIMALS} decimals: ${bitcoin}`);
  return toSatoshi(Math.round(bitcoin * SATOSHI_PER_BITCOIN));
}

/** Answers ₿ for the wire: the nearest double, which prints as the exact decimal. */
export function bitcoinFromSatoshi(satoshi: Satoshi): number {
  return satoshi / SATOSHI_PER_BITCOIN;
}

/** Takes a DECIMAL column's text (`12.34500000`); throws RangeError on anything else. */
export function satoshiFromDecimal(text: string): Satoshi {
  const match = /^(-?)(\d+)(?:\.(\d{1,8})0*)?$/.exec(text);
  if (!match) throw new RangeError(`not a decimal amount: ${text}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const magnitude = Number(whole) * SATOSHI_PER_BITCOIN + Number(fraction.padEnd(DECIMALS, '0'));
  return toSatoshi(sign === '-' ? 0 - magnitude : magnitude);
}

/** Answers the text of a DECIMAL column, always with 8 decimals. */
export function decimalFromSatoshi(satoshi: Satoshi): string {
  const magnitude = Math.abs(satoshi);
  const whole = Math.floor(magnitude / SATOSHI_PER_BITCOIN);
  const fraction = String(magnitude % SATOSHI_PER_BITCOIN).padStart(DECIMALS, '0');
  return `${satoshi < 0 ? '-' : ''}${whole}.${fraction}`;
}

/** Adds amounts exactly; throws RangeError when the sum leaves the exact range. */
export function sumSatoshi(amounts: Iterable<Satoshi>): Satoshi {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return toSatoshi(sum);
}
