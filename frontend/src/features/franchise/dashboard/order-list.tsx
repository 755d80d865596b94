import { useState } from 'react';
import type { StoreSettings } from '#contract/franchise-dashboard.ts';
import type { OrderState } from '#contract/order-lifecycle.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStaffTexts } from '../../../lib/texts.ts';
import { Amount } from '../../../ui/amount.tsx';
import { Chip, type ChipTone } from '../../../ui/chip.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ListFrame } from '../../../ui/list-frame.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { useFranchiseOrders } from './dashboard.api.ts';
import styles from './dashboard.module.css';

const TONES: Record<OrderState, ChipTone> = {
  making: 'ember',
  waiting: 'warm',
  ready: 'good',
  failed: 'bad',
  cancelled: 'plain',
};
const STATES = Object.keys(TONES) as OrderState[];

interface OrderListProps {
  franchiseId: number;
  stores: readonly StoreSettings[];
}

/** The orders of a franchise as they come in, newest first. */
export function OrderList({ franchiseId, stores }: OrderListProps) {
  const { orders: t, loading } = useStaffTexts('franchiseDashboard');
  const { locale } = useLanguage();
  const [status, setStatus] = useState('');
  const [storeId, setStoreId] = useState('');
  // The last order of each page before this one: the way back.
  const [path, setPath] = useState<number[]>([]);
  const filter = {
    ...(status !== '' && { status: status as OrderState }),
    ...(storeId !== '' && { storeId: Number(storeId) }),
  };
  const orders = useFranchiseOrders(franchiseId, filter, path.at(-1));
  const last = orders.data?.orders.at(-1);
  const choose = (set: (value: string) => void) => (value: string) => {
    set(value);
    setPath([]);
  };
  return (
    <ListFrame
      top={
        <div className={styles.filters}>
          <SelectField
            label={t.state}
            value={status}
            options={[
              { value: '', name: t.anyState },
              ...STATES.map((value) => ({ value, name: t.states[value] })),
            ]}
            onChange={(event) => choose(setStatus)(event.target.value)}
          />
          <SelectField
            label={t.store}
            value={storeId}
            options={[
              { value: '', name: t.anyStore },
              ...stores.map(({ id, name }) => ({ value: String(id), name })),
            ]}
            onChange={(event) => choose(setStoreId)(event.target.value)}
          />
        </div>
      }
      query={orders}
      isLive
      loading={loading}
      empty={t.none}
      isEmpty={(found) => found.orders.length === 0}
      pager={{
        page: path.length + 1,
        hasNext: orders.data?.more ?? false,
        onTurn: (page) => setPath(page <= path.length ? path.slice(0, -1) : last ? [...path, last.id] : path),
      }}
    >
      {(found) => (
        <DataTable
          label={t.title}
          rows={found.orders}
          keyOf={({ id }) => id}
          isBusy={orders.isPlaceholderData}
          columns={[
            { title: t.order, cell: ({ id }) => t.number({ id }) },
            { title: t.placed, cell: ({ date }) => formatDateTime(date, locale) },
            { title: t.store, cell: ({ storeName }) => storeName },
            {
              title: t.state,
              cell: (order) => <Chip tone={TONES[order.status]}>{t.states[order.status]}</Chip>,
            },
            { title: t.pizzas, cell: ({ items }) => items.map(({ description }) => description).join(', ') },
            { title: t.total, isNumber: true, cell: ({ total }) => <Amount bitcoin={total} /> },
          ]}
        />
      )}
    </ListFrame>
  );
}
