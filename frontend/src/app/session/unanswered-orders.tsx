import { useEffect, useEffectEvent } from 'react';
import { cartOrders } from '../../features/cart/use-cart.ts';
import { usePlaceOrder } from '../../features/checkout/checkout.api.ts';
import { useOrderOutcomes } from '../use-order-outcomes.ts';

// Somebody who comes back within this still waits for the answer. Later than this nobody expects an order to go out by
// itself; a press on the button then finds the one that had arrived.
const WAITED_FOR_MS = 15 * 60_000;

/** Takes up orders whose answer was on its way when their page was closed, and shows what became of them. */
export function UnansweredOrders({ userId }: { userId: number }) {
  const { mutate } = usePlaceOrder(useOrderOutcomes());
  const takeUp = useEffectEvent(() => {
    for (const order of cartOrders.unanswered(userId, Date.now() - WAITED_FOR_MS))
      mutate({ ...order, dinerId: userId });
  });
  useEffect(() => takeUp(), []);
  return null;
}
