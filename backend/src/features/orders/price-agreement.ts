import { fieldError } from '#contract/field-errors.ts';
import { bitcoinFromSatoshi, type Satoshi } from '#contract/money.ts';
import { Refusal } from '../../errors.ts';
import type { OrderableItem } from './check-order.repository.ts';
import type { OrderLine } from './check-order.ts';

/** One pizza of an order as it will be stored and charged. */
export interface PricedPizza {
  menuId: number;
  title: string;
  priceSatoshi: Satoshi;
  note: string | undefined;
}

type KnownLine = OrderLine & { menuItem: OrderableItem };

/**
 * Title and price come from our menu (S23). A diner never pays more than they agreed to and never less than the menu
 * says. Throws `item_unavailable` for an item that is sold out, `price_changed` with the current prices when the menu
 * became dearer. Items that are not on the menu have been refused before.
 */
export function agreeOnPrices(lines: readonly OrderLine[]): PricedPizza[] {
  const known = lines.filter((line): line is KnownLine => line.menuItem !== undefined);
  const soldOut = known.filter(({ problem }) => problem === 'sold_out');
  if (soldOut.length > 0) {
    const errors = soldOut.map(({ path, menuItem }) =>
      fieldError(path, 'sold_out', { title: menuItem.title }),
    );
    throw new Refusal('item_unavailable', {
      message: errors.map(({ message }) => message).join(', '),
      errors,
    });
  }
  const dearer = known.filter(({ problem }) => problem === 'price_changed');
  if (dearer.length > 0) throw priceChanged(dearer);
  return known.flatMap(({ item, menuItem }) =>
    Array.from({ length: item.quantity }, () => ({
      menuId: menuItem.id,
      title: menuItem.title,
      priceSatoshi: menuItem.priceSatoshi,
      note: item.note || undefined,
    })),
  );
}

function priceChanged(lines: readonly KnownLine[]): Refusal {
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
