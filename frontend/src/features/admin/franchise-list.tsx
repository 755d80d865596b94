import { useState } from 'react';
import type { Franchise } from '#contract/franchises.ts';
import { bitcoinFromSatoshi, sumSatoshi } from '#contract/money.ts';
import { satoshiOf } from '../../lib/format.ts';
import { useStaffTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Field } from '../../ui/field.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { useFranchises } from './admin.api.ts';
import styles from './admin.module.css';

const LONGEST_WISH = 90;

/** The list of all franchises, read-only, with filter and pages. */
export function FranchiseList() {
  const t = useStaffTexts('admin');
  const [wish, setWish] = useState('');
  const [page, setPage] = useState(0);
  const franchises = useFranchises(page, wish);
  const filter = (next: string) => {
    setWish(next);
    setPage(0);
  };
  return (
    <div className={styles.list}>
      <Field
        label={t.filter}
        maxLength={LONGEST_WISH}
        value={wish}
        onChange={(event) => filter(event.target.value)}
        className={styles.filter}
      />
      {franchises.isError && <LoadError error={franchises.error} onRetry={() => void franchises.refetch()} />}
      {franchises.isPending && (
        <Skeletons count={5} label={t.loading} className={styles.rest} listClassName={styles.list} />
      )}
      {franchises.data?.franchises.length === 0 && <Notice>{t.none}</Notice>}
      {franchises.data && franchises.data.franchises.length > 0 && (
        <FranchiseTable franchises={franchises.data.franchises} />
      )}
      <Pager
        texts={{ back: t.newer, next: t.older, page: t.page({ page: page + 1 }) }}
        hasBack={page > 0}
        hasNext={franchises.data?.more ?? false}
        onBack={() => setPage(page - 1)}
        onNext={() => setPage(page + 1)}
      />
    </div>
  );
}

function FranchiseTable({ franchises }: { franchises: readonly Franchise[] }) {
  const t = useStaffTexts('admin');
  const revenueOf = ({ stores }: Franchise) =>
    bitcoinFromSatoshi(sumSatoshi(stores.map((store) => satoshiOf(store.totalRevenue ?? 0))));
  return (
    <DataTable
      label={t.table}
      rows={franchises}
      keyOf={({ id }) => id}
      columns={[
        { title: t.franchise, cell: ({ name }) => name },
        {
          title: t.admins,
          cell: ({ admins }) => admins?.map(({ name }) => name).join(', ') || t.noAdmins,
        },
        { title: t.stores, cell: ({ stores }) => stores.map(({ name }) => name).join(', ') || t.noStores },
        { title: t.revenue, isNumber: true, cell: (franchise) => <Amount bitcoin={revenueOf(franchise)} /> },
      ]}
    />
  );
}
