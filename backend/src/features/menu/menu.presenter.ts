import type { MenuItem } from '#contract/menu.ts';
import { bitcoinFromSatoshi } from '#contract/money.ts';
import type { MenuRecord } from './menu.repository.ts';

export function presentMenuItem(item: MenuRecord): MenuItem {
  return {
    id: item.id,
    title: item.title,
    image: item.image,
    price: bitcoinFromSatoshi(item.priceSatoshi),
    description: item.description,
    available: item.isAvailable,
  };
}
