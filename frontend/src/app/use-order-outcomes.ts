import { useNavigate } from 'react-router';
import { cartOrders } from '../features/cart/use-cart.ts';
import type { OrderOutcomes } from '../features/checkout/checkout.api.ts';
import { actingUser } from '../lib/acting-user.ts';
import { deliveryPath, paths } from './paths.ts';

/** What an order that was sent does to the cart it came from, and to the page. */
export function useOrderOutcomes(): OrderOutcomes {
  const navigate = useNavigate();
  return {
    onPlaced: ({ dinerId, orderKey, sent }, { orderId, lines }) => {
      const isEarlier = lines !== sent.at(-1)?.lines;
      cartOrders.paid(dinerId, { orderKey, orderId, isEarlier, lines });
      // The page belongs to somebody else by now; the diner finds the order when they are back.
      if (actingUser() !== dinerId) return;
      void navigate(deliveryPath(orderId), {
        // So that the way back does not lead to a payment that is over; a page opened meanwhile stays behind it.
        replace: window.location.pathname === paths.payment,
        state: { isEarlier },
      });
    },
    onRefused: ({ dinerId, orderKey }) => cartOrders.refused(dinerId, orderKey),
    onUsedUp: ({ dinerId, orderKey }) => cartOrders.usedUp(dinerId, orderKey),
    onUnknown: ({ dinerId, orderKey }) => cartOrders.endWait(dinerId, orderKey),
  };
}
