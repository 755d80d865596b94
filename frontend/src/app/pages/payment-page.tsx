import { useNavigate } from 'react-router';
import type { User } from '#contract/users.ts';
import { RequireSession } from '../../features/auth/require-session.tsx';
import { cartActions, useCart } from '../../features/cart/use-cart.ts';
import { checkoutTexts } from '../../features/checkout/checkout.texts.ts';
import { Payment } from '../../features/checkout/payment.tsx';
import { useMenu, useStores } from '../../features/menu/menu.api.ts';
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
  const t = useTexts(checkoutTexts);
  const navigate = useNavigate();
  const { cart } = useCart();
  const menu = useMenu(cart.store?.storeId);
  const stores = useStores();
  if (cart.lines.length === 0 || !cart.store) {
    return (
      <Section isNarrow>
        <PageHeading title={t.empty.title} lead={t.empty.lead} />
        <ButtonLink to={paths.menu}>{t.toMenu}</ButtonLink>
      </Section>
    );
  }
  const onPlaced = async (orderId: number) => {
    // Replaced, so that the way back does not lead to a payment that is over.
    await navigate(deliveryPath(orderId), { replace: true });
    cartActions.empty();
  };
  const failed = menu.isError ? menu : stores.isError ? stores : undefined;
  return (
    <Section>
      <PageHeading title={t.title} lead={t.lead} />
      {failed ? (
        <LoadError error={failed.error} onRetry={() => void failed.refetch()} />
      ) : menu.data && stores.data ? (
        <Payment
          cart={cart}
          menu={menu.data}
          stores={stores.data}
          user={user}
          remedies={cartActions}
          onPlaced={(orderId) => void onPlaced(orderId)}
          onCancel={() => void navigate(paths.menu)}
        />
      ) : (
        <Skeletons count={2} label={t.loading} className={styles.rest} listClassName={styles.resting} />
      )}
    </Section>
  );
}
