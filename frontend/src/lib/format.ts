import { decimalFromSatoshi, type Satoshi, satoshiFromBitcoin, toSatoshi } from '#contract/money.ts';

// Two zeros at least ("0.50"), all eight places when they carry something.
const LEAST_DECIMALS = 2;

/** Takes ₿ as the wire carries it. Amounts beyond eight decimals cannot come from our service; they are rounded. */
export function satoshiOf(bitcoin: number): Satoshi {
  try {
    return satoshiFromBitcoin(bitcoin);
  } catch {
    return toSatoshi(Math.round(bitcoin * 100_000_000));
  }
}

/** Answers the amount with the separators of the locale, exact to the last satoshi: `0.0038`, `1,234.50`. */
export function formatSatoshi(satoshi: Satoshi, locale?: string): string {
  const [whole = '0', fraction = ''] = decimalFromSatoshi(satoshi).split('.');
  const shown = fraction.replace(/0+$/, '').padEnd(LEAST_DECIMALS, '0');
  const parts = new Intl.NumberFormat(locale).formatToParts(1.1);
  const point = parts.find((part) => part.type === 'decimal')?.value ?? '.';
  const negative = whole.startsWith('-');
  const grouped = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(
    BigInt(whole.replace('-', '')),
  );
  return `${negative ? '−' : ''}${grouped}${point}${shown}`;
}

/** `18:04` in the way of the locale and in the reader's time zone. */
export function formatTime(iso: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(iso));
}

/** `23 Nov 2026, 18:04` in the way of the locale and in the reader's time zone. */
export function formatDateTime(iso: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}
