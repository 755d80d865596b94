import { decimalFromSatoshi } from '#contract/money.ts';
import { satoshiOf } from '../../../lib/format.ts';

/** The price as one types it, without zeros that say nothing. */
export function textOfPrice(bitcoin: number): string {
  return decimalFromSatoshi(satoshiOf(bitcoin)).replace(/\.?0+$/, '');
}

/** Answers the price that was typed, with a point or a comma; nothing for what is none, or has more than 8 decimals. */
export function priceOfText(text: string): number | undefined {
  const price = text.trim().replace(',', '.');
  return /^\d{1,7}(\.\d{1,8})?$/.test(price) && Number(price) > 0 ? Number(price) : undefined;
}
