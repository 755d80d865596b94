import { useState } from 'react';
import type { StoreSettings } from '#contract/franchise-dashboard.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { LoadError } from '../../../ui/load-error.tsx';
import { Skeletons } from '../../../ui/skeleton.tsx';
import { usePizzas, useSoldOut } from './dashboard.api.ts';
import styles from './dashboard.module.css';

/** What a store has run out of; a tick is told to the service at once. */
export function SoldOut({ franchiseId, store }: { franchiseId: number; store: StoreSettings }) {
  const { soldOut: t, loading } = useStaffTexts('franchiseDashboard');
  const pizzas = usePizzas();
  const change = useSoldOut(franchiseId, store.id);
  // A tick is seen at once; what the service makes of it comes with the store's settings.
  const [pending, setPending] = useState<Partial<Record<number, boolean>>>({});
  const tick = (menuId: number, soldOut: boolean) => {
    setPending((known) => ({ ...known, [menuId]: soldOut }));
    const forget = () => setPending(({ [menuId]: _, ...others }) => others);
    change.mutate({ menuId, soldOut }, { onSettled: forget });
  };
  if (pizzas.isError) return <LoadError query={pizzas} />;
  if (!pizzas.data) return <Skeletons count={2} label={loading} />;
  return (
    <fieldset className={styles.hours} aria-busy={change.isPending || undefined}>
      <legend>{t.title({ name: store.name })}</legend>
      <ErrorNotice error={change.error} />
      <div className={styles.checks}>
        {pizzas.data.map(({ id, title }) => (
          <label key={id} className={styles.check}>
            <input
              type="checkbox"
              checked={pending[id] ?? store.soldOut.includes(id)}
              onChange={({ target }) => tick(id, target.checked)}
            />
            <span>{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
