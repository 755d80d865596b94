import type { MenuItem } from '#contract/menu.ts';
import { bitcoinFromSatoshi } from '#contract/money.ts';
import type { MenuRecord } from './menu.repository.ts';

/** `base`: what a relative picture is made absolute with, for pages of another site. */
export function presentMenuItem(item: MenuRecord, base?: string): MenuItem {
  return {
    id: item.id,
    title: item.title,
    image: base === undefined ? item.image : new URL(item.image, base).href,
    price: bitcoinFromSatoshi(item.priceSatoshi),
    description: item.description,
    available: item.isAvailable,
    version: item.version,
  };
}
