import { useState } from 'react';
import type { Franchise } from '#contract/franchises.ts';
import { bitcoinFromSatoshi, sumSatoshi } from '#contract/money.ts';
import { satoshiOf } from '../../lib/format.ts';
import { useStaffTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
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
      {franchises.data && (page > 0 || franchises.data.more) && (
        <div className={styles.pages}>
          <Button look="quiet" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t.newer}
          </Button>
          <span role="status">{t.page({ page: page + 1 })}</span>
          <Button look="quiet" disabled={!franchises.data.more} onClick={() => setPage(page + 1)}>
            {t.older}
          </Button>
        </div>
      )}
    </div>
  );
}

function FranchiseTable({ franchises }: { franchises: readonly Franchise[] }) {
  const t = useStaffTexts('admin');
  return (
    // On a phone each franchise becomes a card; the labels of the columns then stand beside the values.
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t.franchise}</th>
          <th scope="col">{t.admins}</th>
          <th scope="col">{t.stores}</th>
          <th scope="col">{t.revenue}</th>
        </tr>
      </thead>
      <tbody>
        {franchises.map((franchise) => (
          <tr key={franchise.id}>
            <th scope="row">{franchise.name}</th>
            <td data-label={t.admins}>
              {franchise.admins?.map(({ name }) => name).join(', ') || t.noAdmins}
            </td>
            <td data-label={t.stores}>{franchise.stores.map(({ name }) => name).join(', ') || t.noStores}</td>
            <td data-label={t.revenue}>
              <Amount
                bitcoin={bitcoinFromSatoshi(
                  sumSatoshi(franchise.stores.map((store) => satoshiOf(store.totalRevenue ?? 0))),
                )}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
