import type { Franchise } from '#contract/franchises.ts';
import { bitcoinFromSatoshi, sumSatoshi } from '#contract/money.ts';
import { satoshiOf } from '../../../lib/format.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Amount } from '../../../ui/amount.tsx';
import { Button, ButtonLink } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import styles from '../admin.module.css';
import type { FranchiseTask } from './franchise-admin.tsx';

type Store = Franchise['stores'][number];

/** A franchise, or a store of the franchise above it. */
interface Row {
  franchise: Franchise;
  store?: Store;
}

interface FranchiseTableProps {
  franchises: readonly Franchise[];
  onTask: (task: FranchiseTask) => void;
  dashboardPath: (franchiseId: number) => string;
}

function revenueOf({ franchise, store }: Row): number {
  if (store) return store.totalRevenue ?? 0;
  return bitcoinFromSatoshi(
    sumSatoshi(franchise.stores.map(({ totalRevenue }) => satoshiOf(totalRevenue ?? 0))),
  );
}

export function FranchiseTable({ franchises, ...does }: FranchiseTableProps) {
  const t = useStaffTexts('adminFranchises');
  const rows: Row[] = franchises.flatMap((franchise) => [
    { franchise },
    ...franchise.stores.map((store) => ({ franchise, store })),
  ]);
  return (
    <DataTable
      label={t.table}
      rows={rows}
      keyOf={({ franchise, store }) => (store ? `store ${store.id}` : `franchise ${franchise.id}`)}
      isPart={({ store }) => store !== undefined}
      columns={[
        {
          title: t.columns.franchise,
          cell: ({ franchise, store }) => (
            <span id={nameId(franchise, store)}>{(store ?? franchise).name}</span>
          ),
        },
        {
          title: t.columns.people,
          cell: ({ franchise, store }) =>
            !store && (franchise.admins?.map(({ name }) => name).join(', ') || t.nobody),
        },
        {
          title: t.columns.revenue,
          isNumber: true,
          cell: (row) => <Amount bitcoin={revenueOf(row)} />,
        },
        { title: t.columns.actions, isNumber: true, cell: (row) => <Actions row={row} {...does} /> },
      ]}
    />
  );
}

const nameId = (franchise: Franchise, store: Store | undefined) =>
  store ? `name-of-store-${store.id}` : `name-of-franchise-${franchise.id}`;

function Actions({ row, onTask, dashboardPath }: { row: Row } & Omit<FranchiseTableProps, 'franchises'>) {
  const t = useStaffTexts('adminFranchises');
  const { franchise, store } = row;
  // Each is called by one word, which people and their tests know; which one it is, the description says.
  const about = { look: 'quiet', size: 'small', 'aria-describedby': nameId(franchise, store) } as const;
  const close: FranchiseTask = store
    ? { kind: 'close-store', franchise, store: { id: store.id, name: store.name } }
    : { kind: 'close', franchise };
  return (
    <div className={styles.rowActions}>
      {!store && (
        <>
          <ButtonLink
            look="plain"
            size="small"
            to={dashboardPath(franchise.id)}
            aria-label={t.dashboardOf({ name: franchise.name })}
          >
            {t.dashboard}
          </ButtonLink>
          <Button {...about} onClick={() => onTask({ kind: 'edit', franchise })}>
            {t.edit}
          </Button>
        </>
      )}
      <Button {...about} onClick={() => onTask(close)}>
        {t.close}
      </Button>
    </div>
  );
}
