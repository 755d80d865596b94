import { bitcoinFromSatoshi, sumSatoshi, toSatoshi } from '#contract/money.ts';
import type { Database } from '../../database/pool.ts';
import { invalidInput } from '../../errors.ts';
import { type CheckDeps, checkOrder, NO_STORE, type OrderRequest } from './check-order.ts';

/** What placing this order now would check, line by line; stores nothing. Throws `invalid_input` for a foreign store. */
export async function quoteOrder(deps: CheckDeps & { db: Database }, request: OrderRequest) {
  const { store, lines } = await checkOrder(deps, deps.db, request);
  if (!store) throw invalidInput([NO_STORE]);
  const priced = lines.map((line) => ({
    ...line,
    priceSatoshi: line.menuItem?.priceSatoshi ?? toSatoshi(0),
  }));
  const orderable = priced.filter(({ problem }) => problem === undefined || problem === 'price_changed');
  return {
    canOrder: store.isOpen && lines.every(({ problem }) => problem === undefined),
    store,
    items: priced.map(({ item, menuItem, problem, priceSatoshi }) => ({
      menuId: item.menuId,
      title: menuItem?.title ?? '',
      price: bitcoinFromSatoshi(priceSatoshi),
      quantity: item.quantity,
      ...(problem && { problem }),
    })),
    total: bitcoinFromSatoshi(
      sumSatoshi(orderable.map(({ item, priceSatoshi }) => toSatoshi(priceSatoshi * item.quantity))),
    ),
  };
}
