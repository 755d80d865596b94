import { useState } from 'react';
import type { User } from '#contract/users.ts';
import { AccountCard } from '../../features/auth/account-card.tsx';
import { RequireSession } from '../../features/auth/require-session.tsx';
import { cartActions } from '../../features/cart/use-cart.ts';
import { useMenu } from '../../features/menu/menu.api.ts';
import { OrderHistory } from '../../features/orders/order-history.tsx';
import { useTexts } from '../../lib/texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { deliveryPath, paths } from '../paths.ts';
import { useOrderAgain } from '../use-order-again.ts';
import styles from './diner-page.module.css';

export function DinerPage() {
  const [isGone, setIsGone] = useState(false);
  if (isGone) return <Gone />;
  return (
    <RequireSession>
      {(user) => (
        <DinerPageOf
          user={user}
          onDeleted={() => {
            cartActions.forget(user.id);
            setIsGone(true);
          }}
        />
      )}
    </RequireSession>
  );
}

function Gone() {
  const t = useTexts('auth').account.gone;
  return (
    <Section isNarrow>
      <PageHeading title={t.title} lead={t.lead} />
      <ButtonLink to={paths.home}>{t.home}</ButtonLink>
    </Section>
  );
}

function DinerPageOf({ user, onDeleted }: { user: User; onDeleted: () => void }) {
  const t = useTexts('orders').history;
  const menu = useMenu();
  const imageOf = (menuId: number) => menu.data?.find((pizza) => pizza.id === menuId)?.image ?? 'fallback';
  const orderAgain = useOrderAgain(imageOf);
  return (
    <Section>
      <PageHeading title={t.title({ name: user.name })} lead={t.lead} />
      <div className={styles.page}>
        <AccountCard user={user} onDeleted={onDeleted} />
        <section aria-labelledby="past-title">
          <h2 id="past-title" className={styles.title}>
            {t.orders}
          </h2>
          <OrderHistory
            imageOf={imageOf}
            pathOf={(order) => deliveryPath(order.id)}
            menuPath={paths.menu}
            onAgain={orderAgain}
          />
        </section>
      </div>
    </Section>
  );
}
