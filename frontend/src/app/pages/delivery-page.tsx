import type { ReactNode } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { RequireSession } from '../../features/auth/require-session.tsx';
import { useMenu } from '../../features/menu/menu.api.ts';
import { Delivery } from '../../features/orders/delivery.tsx';
import { useOrderStatus } from '../../features/orders/use-order-status.ts';
import { useTexts } from '../../lib/texts.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeading, Section } from '../../ui/section.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { paths } from '../paths.ts';
import { useOrderAgain } from '../use-order-again.ts';
import styles from './payment-page.module.css';

export function DeliveryPage() {
  const [search] = useSearchParams();
  const orderId = Number(search.get('order') ?? Number.NaN);
  const { state } = useLocation() as { state: { isEarlier?: boolean } | null };
  const isEarlier = state?.isEarlier === true;
  return (
    <RequireSession>
      {() => (
        <Section>
          {isEarlier && <EarlierOrder />}
          {Number.isInteger(orderId) && orderId > 0 ? (
            <DeliveryOf orderId={orderId} />
          ) : (
            <NoOrder kind="none" />
          )}
        </Section>
      )}
    </RequireSession>
  );
}

/** The cart was changed while nobody knew that it had been paid for. */
function EarlierOrder() {
  const t = useTexts('orders').delivery;
  return <Notice tone="warm">{t.earlier}</Notice>;
}

function NoOrder({ kind }: { kind: 'none' | 'unknown' }) {
  const t = useTexts('orders').delivery;
  return (
    <>
      <PageHeading title={t[kind].title} lead={t[kind].lead} />
      <Ways isMain />
    </>
  );
}

/** `isMain` is false where the order itself offers something better to do. */
function Ways({ isMain, children }: { isMain: boolean; children?: ReactNode }) {
  const t = useTexts('orders').delivery;
  const navigate = useNavigate();
  return (
    <>
      <Button look={isMain ? 'main' : 'quiet'} onClick={() => void navigate(paths.menu)}>
        {t.orderMore}
      </Button>
      {children}
      <ButtonLink look="quiet" to={paths.dinerDashboard}>
        {t.allOrders}
      </ButtonLink>
    </>
  );
}

function DeliveryOf({ orderId }: { orderId: number }) {
  const t = useTexts('orders').delivery;
  const { order, jwt, isUnknown, isConnectionLost, error, refetch } = useOrderStatus(orderId);
  const history = useTexts('orders').history;
  const menu = useMenu();
  const imageOf = (menuId: number) => menu.data?.find((pizza) => pizza.id === menuId)?.image ?? 'fallback';
  const orderAgain = useOrderAgain(imageOf);
  if (isUnknown) return <NoOrder kind="unknown" />;
  if (!order) {
    return error ? (
      <>
        <PageHeading title={t.loading} />
        <LoadError query={{ error, refetch }} />
      </>
    ) : (
      <>
        <PageHeading title={t.loading} />
        <Skeletons count={2} label={t.loading} height="22rem" listClassName={styles.resting} />
      </>
    );
  }
  return (
    <Delivery
      order={order}
      jwt={jwt}
      isConnectionLost={isConnectionLost}
      imageOf={imageOf}
      actions={
        <Ways isMain={order.status !== 'failed'}>
          {order.status === 'ready' && (
            <Button look="quiet" onClick={() => orderAgain(order)}>
              {history.again}
            </Button>
          )}
        </Ways>
      }
    />
  );
}
