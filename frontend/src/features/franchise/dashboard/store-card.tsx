import { useState } from 'react';
import type { StoreSettings } from '#contract/franchise-dashboard.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStaffTexts } from '../../../lib/texts.ts';
import { Amount } from '../../../ui/amount.tsx';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { useChangeStore, useCloseStore } from './dashboard.api.ts';
import styles from './dashboard.module.css';
import { SoldOut } from './sold-out.tsx';
import { StoreEditor } from './store-editor.tsx';

const SHORT_PAUSE_MINUTES = 30;
// "Until it is reopened" is told as a date nobody lives to see.
const isForever = (iso: string) => iso.startsWith('9999');

interface StoreCardProps {
  franchiseId: number;
  store: StoreSettings;
  figures: { revenue: number; orders: number; pizzas: number } | undefined;
}

function StoreState({ store }: { store: StoreSettings }) {
  const t = useStaffTexts('franchiseDashboard').stores;
  const { locale } = useLanguage();
  const { archivedAt, pausedUntil, isOpen } = store;
  if (archivedAt) return <Chip tone="plain">{t.archived({ at: formatDateTime(archivedAt, locale) })}</Chip>;
  if (pausedUntil && Date.parse(pausedUntil) > Date.now())
    return (
      <Chip tone="warm">
        {isForever(pausedUntil) ? t.paused : t.pausedUntil({ at: formatDateTime(pausedUntil, locale) })}
      </Chip>
    );
  return <Chip tone={isOpen ? 'good' : 'plain'}>{isOpen ? t.open : t.closed}</Chip>;
}

/** One store: how it is, what it earned in the period, and what can be done with it. */
export function StoreCard({ franchiseId, store, figures }: StoreCardProps) {
  const { stores: t, figures: names } = useStaffTexts('franchiseDashboard');
  const [task, setTask] = useState<'edit' | 'sold-out'>();
  // Whoever is done is back where they began.
  const [lastTask, setLastTask] = useState<typeof task>();
  const begin = (next: typeof task) => {
    setLastTask(next);
    setTask(next);
  };
  const change = useChangeStore(franchiseId, store.id);
  const closing = useCloseStore(franchiseId, store.id);
  const isPaused = store.pausedUntil !== null && Date.parse(store.pausedUntil) > Date.now();
  const error = change.error ?? closing.error;
  const named = { name: store.name };
  return (
    <li className={styles.store}>
      <div className={styles.storeHead}>
        <h3>{store.name}</h3>
        <StoreState store={store} />
      </div>
      <Facts
        size="medium"
        facts={[
          [names.revenue, <Amount key="revenue" bitcoin={figures?.revenue ?? 0} />],
          [names.orders, figures?.orders ?? 0],
          [names.pizzas, figures?.pizzas ?? 0],
        ]}
      />
      <ErrorNotice error={error} />
      {!store.archivedAt && task === undefined && (
        <div className="cluster">
          <Button
            look="quiet"
            size="small"
            aria-label={t.editNamed(named)}
            autoFocus={lastTask === 'edit'}
            onClick={() => begin('edit')}
          >
            {t.edit}
          </Button>
          <Button
            look="quiet"
            size="small"
            aria-label={t.soldOutNamed(named)}
            autoFocus={lastTask === 'sold-out'}
            onClick={() => begin('sold-out')}
          >
            {store.soldOut.length > 0 ? t.soldOutCount({ count: store.soldOut.length }) : t.soldOut}
          </Button>
          {isPaused ? (
            <Button
              look="quiet"
              size="small"
              aria-label={t.reopenNamed(named)}
              onClick={() => change.mutate({ paused: false })}
            >
              {t.reopen}
            </Button>
          ) : (
            <>
              <Button
                look="quiet"
                size="small"
                aria-label={t.pauseShortNamed(named)}
                onClick={() => change.mutate({ paused: true, pausedForMinutes: SHORT_PAUSE_MINUTES })}
              >
                {t.pauseShort}
              </Button>
              <Button
                look="quiet"
                size="small"
                aria-label={t.pauseNamed(named)}
                onClick={() => change.mutate({ paused: true })}
              >
                {t.pause}
              </Button>
            </>
          )}
          <ConfirmButton
            size="small"
            name={t.closeNamed(named)}
            question={t.closeQuestion(named)}
            texts={{ yes: t.closeYes, no: t.closeNo }}
            isBusy={closing.isPending}
            onConfirm={() => closing.mutate()}
          >
            {t.close}
          </ConfirmButton>
        </div>
      )}
      {task === 'edit' && (
        <StoreEditor franchiseId={franchiseId} store={store} onDone={() => setTask(undefined)} />
      )}
      {task === 'sold-out' && (
        <>
          <SoldOut franchiseId={franchiseId} store={store} />
          <Button look="quiet" size="small" className="start" onClick={() => setTask(undefined)}>
            {t.soldOutDone}
          </Button>
        </>
      )}
    </li>
  );
}
