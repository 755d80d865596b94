import type { User } from '#contract/users.ts';
import { AccountCard } from '../../features/auth/account-card.tsx';
import { RequireSession } from '../../features/auth/require-session.tsx';
import { useMenu } from '../../features/menu/menu.api.ts';
import { OrderHistory } from '../../features/orders/order-history.tsx';
import { ordersTexts } from '../../features/orders/orders.texts.ts';
import { useTexts } from '../../lib/texts.ts';
import { PageHeading, Section } from '../../ui/section.tsx';
import { deliveryPath, paths } from '../paths.ts';
import styles from './diner-page.module.css';

export function DinerPage() {
  return <RequireSession>{(user) => <DinerPageOf user={user} />}</RequireSession>;
}

function DinerPageOf({ user }: { user: User }) {
  const t = useTexts(ordersTexts).history;
  const menu = useMenu();
  const imageOf = (menuId: number) => menu.data?.find((pizza) => pizza.id === menuId)?.image ?? 'fallback';
  return (
    <Section>
      <PageHeading title={t.title(user.name)} lead={t.lead} />
      <div className={styles.page}>
        <AccountCard user={user} />
        <section aria-labelledby="past-title">
          <h2 id="past-title" className={styles.title}>
            {t.orders}
          </h2>
          <OrderHistory imageOf={imageOf} pathOf={(order) => deliveryPath(order.id)} menuPath={paths.menu} />
        </section>
      </div>
    </Section>
  );
}
