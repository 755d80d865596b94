import { useRef, useState } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router';
import type { User } from '#contract/users.ts';
import { RequireSession } from '../../features/auth/require-session.tsx';
import { orderKeyOf } from '../../features/cart/cart.ts';
import type { PaidCart } from '../../features/cart/cart-shelf.ts';
import { cartActions, cartOrders, useCart } from '../../features/cart/use-cart.ts';
import { useQuote } from '../../features/checkout/checkout.api.ts';
import { Payment } from '../../features/checkout/payment.tsx';
import { StorePicker } from '../../features/menu/store-picker.tsx';
import { useTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { deliveryPath, paths } from '../paths.ts';
import { useOrderOutcomes } from '../use-order-outcomes.ts';
import styles from './payment-page.module.css';

export function PaymentPage() {
  return <RequireSession>{(user) => <PaymentFor user={user} />}</RequireSession>;
}

/** The order that the cart on this page has become, here or in another tab. */
function usePaidOrder(): PaidCart | undefined {
  const { cart, paid } = useCart();
  const key = orderKeyOf(cart);
  const [shownKey, setShownKey] = useState(key);
  const isPaid = shownKey !== undefined && paid?.orderKey === shownKey;
  if (!isPaid && key !== shownKey) setShownKey(key);
  return isPaid ? paid : undefined;
}

function PaymentFor({ user }: { user: User }) {
  const t = useTexts('checkout');
  const navigate = useNavigate();
  const { cart, paid } = useCart();
  const paidOrder = usePaidOrder();
  const quote = useQuote(cart);
  const outcomes = useOrderOutcomes();
  const storeInput = useRef<HTMLInputElement>(null);
  const { state } = useLocation() as { state: { leftOut?: number } | null };
  if (paidOrder)
    return (
      <Section>
        <Navigate to={deliveryPath(paidOrder.orderId)} replace state={{ isEarlier: paidOrder.isEarlier }} />
        <PageHeading title={t.paid} />
        <Skeletons count={2} label={t.paid} height="22rem" listClassName={styles.resting} />
      </Section>
    );
  if (cart.lines.length === 0 || !cart.store) {
    return (
      <Section isNarrow>
        <PageHeading title={t.empty.title} lead={t.empty.lead} />
        <div className="cluster">
          <ButtonLink to={paths.menu}>{t.toMenu}</ButtonLink>
          {paid && (
            <ButtonLink look="quiet" to={deliveryPath(paid.orderId)}>
              {t.lastOrder({ id: String(paid.orderId) })}
            </ButtonLink>
          )}
        </div>
      </Section>
    );
  }
  return (
    <Section>
      <PageHeading title={t.title} lead={t.lead} />
      {quote.data ? (
        <Payment
          cart={cart}
          quote={quote.data}
          user={user}
          remedies={cartActions}
          otherStore={
            <StorePicker
              chosen={null}
              onChoose={cartActions.moveTo}
              error={undefined}
              inputRef={storeInput}
            />
          }
          leftOut={state?.leftOut ?? 0}
          onBegin={(order) => cartOrders.begin(user.id, order)}
          outcomes={outcomes}
          onCancel={() => {
            cartOrders.endWait(user.id, orderKeyOf(cart) ?? '');
            void navigate(paths.menu);
          }}
        />
      ) : quote.isError ? (
        <LoadError query={quote} />
      ) : (
        <Skeletons count={2} label={t.loading} height="22rem" listClassName={styles.resting} />
      )}
    </Section>
  );
}
