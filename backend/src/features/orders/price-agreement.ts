import { type FieldError, fieldError } from '#contract/field-errors.ts';
import { bitcoinFromSatoshi, type Satoshi, satoshiFromBitcoin } from '#contract/money.ts';
import type { OrderedItem } from '#contract/orders.ts';
import { Refusal } from '../../errors.ts';
import type { MenuRecord } from '../menu/menu.repository.ts';

/** One pizza of an order as it will be stored and charged. */
export interface PricedPizza {
  menuId: number;
  title: string;
  priceSatoshi: Satoshi;
  note: string | undefined;
}

interface Line {
  path: string;
  item: OrderedItem;
  menuItem: MenuRecord;
}

/** Names every item that is not on the menu. */
export function findUnknownItems(
  items: readonly OrderedItem[],
  menu: ReadonlyMap<number, MenuRecord>,
): FieldError[] {
  return items.flatMap(({ menuId }, index) =>
    menu.has(menuId) ? [] : [fieldError(`items.${index}.menuId`, 'not_on_menu')],
  );
}

/**
 * Title and price come from our menu (S23). A diner never pays more than they agreed to and never less than the menu
 * says. Throws `item_unavailable` for an item that is sold out, `price_changed` with the current prices when the menu
 * became dearer. Items that are not on the menu have been refused before.
 */
export function agreeOnPrices(
  items: readonly OrderedItem[],
  menu: ReadonlyMap<number, MenuRecord>,
): PricedPizza[] {
  const lines = items.flatMap((item, index) => {
    const menuItem = menu.get(item.menuId);
    return menuItem ? [{ path: `items.${index}`, item, menuItem }] : [];
  });
  const soldOut = lines.filter(({ menuItem }) => !menuItem.isAvailable);
  if (soldOut.length > 0) {
    const errors = soldOut.map(({ path, menuItem }) =>
      fieldError(path, 'sold_out', { title: menuItem.title }),
    );
    throw new Refusal('item_unavailable', {
      message: errors.map(({ message }) => message).join(', '),
      errors,
    });
  }
  const dearer = lines.filter(
    ({ item, menuItem }) =>
      item.price !== undefined && satoshiFromBitcoin(item.price) < menuItem.priceSatoshi,
  );
  if (dearer.length > 0) throw priceChanged(dearer);
  return lines.flatMap(({ item, menuItem }) =>
    Array.from({ length: item.quantity }, () => ({
      menuId: menuItem.id,
      title: menuItem.title,
      priceSatoshi: menuItem.priceSatoshi,
      note: item.note || undefined,
    })),
  );
}

function priceChanged(lines: readonly Line[]): Refusal {
  const errors = lines.map(({ path, menuItem }) => {
    const { title, priceSatoshi } = menuItem;
    return fieldError(`${path}.price`, 'price_changed', { title, price: bitcoinFromSatoshi(priceSatoshi) });
  });
  const prices = new Map(
    lines.map(({ menuItem }) => [menuItem.id, bitcoinFromSatoshi(menuItem.priceSatoshi)]),
  );
  return new Refusal('price_changed', {
    message: errors.map(({ message }) => message).join(', '),
    errors,
    extension: { prices: [...prices].map(([menuId, price]) => ({ menuId, price })) },
  });
}
