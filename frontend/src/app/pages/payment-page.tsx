import { useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { User } from '#contract/users.ts';
import { RequireSession } from '../../features/auth/require-session.tsx';
import type { Cart } from '../../features/cart/cart.ts';
import { cartActions, useCart } from '../../features/cart/use-cart.ts';
import { useQuote } from '../../features/checkout/checkout.api.ts';
import { Payment } from '../../features/checkout/payment.tsx';
import { StorePicker } from '../../features/menu/store-picker.tsx';
import { useTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { deliveryPath, paths } from '../paths.ts';
import styles from './payment-page.module.css';

export function PaymentPage() {
  return <RequireSession>{(user) => <PaymentFor user={user} />}</RequireSession>;
}

function PaymentFor({ user }: { user: User }) {
  const t = useTexts('checkout');
  const navigate = useNavigate();
  const { cart } = useCart();
  const quote = useQuote(cart);
  const storeInput = useRef<HTMLInputElement>(null);
  const { state } = useLocation() as { state: { leftOut?: number } | null };
  if (cart.lines.length === 0 || !cart.store) {
    return (
      <Section isNarrow>
        <PageHeading title={t.empty.title} lead={t.empty.lead} />
        <ButtonLink to={paths.menu}>{t.toMenu}</ButtonLink>
      </Section>
    );
  }
  const onPlaced = async (orderId: number, paid: Cart) => {
    // Replaced, so that the way back does not lead to a payment that is over; a page opened meanwhile stays behind it.
    await navigate(deliveryPath(orderId), { replace: window.location.pathname === paths.payment });
    cartActions.takePaid(paid);
  };
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
          onPlaced={(orderId, paid) => void onPlaced(orderId, paid)}
          onCancel={() => void navigate(paths.menu)}
        />
      ) : quote.isError ? (
        <LoadError query={quote} />
      ) : (
        <Skeletons count={2} label={t.loading} height="22rem" listClassName={styles.resting} />
      )}
    </Section>
  );
}
