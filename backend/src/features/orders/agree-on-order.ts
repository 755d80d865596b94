import { fieldError } from '#contract/field-errors.ts';
import type { Transaction } from '../../database/transaction.ts';
import { invalidInput, Refusal } from '../../errors.ts';
import { type CheckDeps, type CheckedStore, checkOrder, NO_STORE, type OrderRequest } from './check-order.ts';
import { agreeOnPrices, type PricedPizza } from './price-agreement.ts';

/**
 * What placing an order checks and trying one again does, too. Answers the store, and the pizzas as they will be charged. Throws
 * `invalid_input` for a store or an item that is not there, `store_closed`, and what `agreeOnPrices` throws.
 */
export async function agreeOnOrder(
  deps: CheckDeps,
  transaction: Transaction,
  request: OrderRequest,
): Promise<{ store: CheckedStore; pizzas: PricedPizza[] }> {
  const { store, lines } = await checkOrder(deps, transaction, request);
  const unknown = lines
    .filter(({ problem }) => problem === 'unknown')
    .map(({ path }) => fieldError(`${path}.menuId`, 'not_on_menu'));
  if (!store) unknown.unshift(NO_STORE);
  if (!store || unknown.length > 0) throw invalidInput(unknown);
  if (!store.isOpen) throw new Refusal('store_closed', { message: `${store.name} is closed right now` });
  return { store, pizzas: agreeOnPrices(lines) };
}
