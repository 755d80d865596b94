import type { Franchise } from '#contract/franchises.ts';
import { bitcoinFromSatoshi, sumSatoshi } from '#contract/money.ts';
import { satoshiOf } from '../../lib/format.ts';
import { useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Chip } from '../../ui/chip.tsx';
import { PageHeading } from '../../ui/section.tsx';
import styles from './franchise.module.css';

function FranchiseCard({ franchise }: { franchise: Franchise }) {
  const t = useTexts('franchise').own;
  const revenue = sumSatoshi(franchise.stores.map((store) => satoshiOf(store.totalRevenue ?? 0)));
  const names = franchise.admins?.map((admin) => admin.name).join(', ');
  return (
    <section className={styles.card}>
      <h2>{franchise.name}</h2>
      {names && <p className={styles.run}>{t.run({ names })}</p>}
      {franchise.stores.length === 0 ? (
        <p>{t.noStores}</p>
      ) : (
        <table className={styles.stores}>
          <thead>
            <tr>
              <th scope="col">{t.store}</th>
              <th scope="col">{t.state}</th>
              <th scope="col">{t.revenue}</th>
            </tr>
          </thead>
          <tbody>
            {franchise.stores.map((store) => (
              <tr key={store.id}>
                <th scope="row">{store.name}</th>
                <td>
                  <Chip tone={store.isOpen ? 'good' : 'plain'}>{store.isOpen ? t.open : t.closed}</Chip>
                </td>
                <td>
                  <Amount bitcoin={store.totalRevenue ?? 0} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {t.total}
              </th>
              <td>
                <Amount bitcoin={bitcoinFromSatoshi(revenue)} />
              </td>
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
}

/** What a franchisee sees: the own franchises with their stores and revenue. */
export function OwnFranchises({ franchises }: { franchises: readonly Franchise[] }) {
  const t = useTexts('franchise').own;
  return (
    <>
      <PageHeading title={t.title} lead={t.lead} />
      <div className={styles.cards}>
        {franchises.map((franchise) => (
          <FranchiseCard key={franchise.id} franchise={franchise} />
        ))}
      </div>
    </>
  );
}
