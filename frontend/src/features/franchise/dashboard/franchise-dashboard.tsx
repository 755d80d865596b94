import { useState } from 'react';
import type { Franchise } from '#contract/franchises.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { LoadError } from '../../../ui/load-error.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Part } from '../../../ui/part.tsx';
import { PageHeading } from '../../../ui/section.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { Skeletons } from '../../../ui/skeleton.tsx';
import { CreateStore } from './create-store.tsx';
import { useFranchiseNews, useSalesReport, useStores } from './dashboard.api.ts';
import styles from './dashboard.module.css';
import { Figures } from './figures.tsx';
import { OrderList } from './order-list.tsx';
import { lastDays, type Period, type PeriodName, todayIn } from './period.ts';
import { PeriodPicker } from './period-picker.tsx';
import { StoreCard } from './store-card.tsx';
import { YearExport } from './year-export.tsx';

const FIRST_PERIOD: PeriodName = '30';
const OWN_PERIOD_DAYS = 14;

interface FranchiseDashboardProps {
  /** The one to look after. */
  franchise: Pick<Franchise, 'id' | 'name' | 'admins'>;
  /** Those there are to choose from; none beside this one for an admin. */
  others: readonly Pick<Franchise, 'id' | 'name'>[];
  onChoose: (franchiseId: number) => void;
}

/** Everything a franchisee looks after: figures, stores and orders, as they are now. */
export function FranchiseDashboard({ franchise, others, onChoose }: FranchiseDashboardProps) {
  const t = useStaffTexts('franchiseDashboard');
  const { id, name, admins } = franchise;
  const isLive = useFranchiseNews(id);
  const [periodName, setPeriodName] = useState(FIRST_PERIOD);
  const [own, setOwn] = useState<Period>();
  const stores = useStores(id);
  const today = todayIn(stores.data?.stores.map(({ timeZone }) => timeZone) ?? []);
  const period =
    periodName === 'own' ? (own ?? lastDays(OWN_PERIOD_DAYS, today)) : lastDays(Number(periodName), today);
  const runBy = admins?.map((admin) => admin.name).join(', ');
  return (
    <>
      <PageHeading title={name} eyebrow={t.eyebrow} lead={runBy ? t.run({ names: runBy }) : t.lead} />
      <div className="stack">
        <div className={styles.filters}>
          {others.length > 1 && (
            <SelectField
              label={t.choose}
              value={String(id)}
              options={others.map((other) => ({ value: String(other.id), name: other.name }))}
              onChange={(event) => onChoose(Number(event.target.value))}
            />
          )}
          <PeriodPicker
            name={periodName}
            period={period}
            latest={today.to}
            onName={setPeriodName}
            onPeriod={setOwn}
          />
        </div>
        {isLive ? (
          <p>
            <Chip tone="good">{t.live}</Chip>
          </p>
        ) : (
          <Notice tone="warm">{t.notLive}</Notice>
        )}
        <Part id="dashboard-figures" title={t.figures.title}>
          <Figures franchiseId={id} period={period} />
        </Part>
        <StoresAndOrders franchiseId={id} period={period} today={today} />
      </div>
    </>
  );
}

function StoresAndOrders(parts: { franchiseId: number; period: Period; today: Period }) {
  const { franchiseId, period, today } = parts;
  const t = useStaffTexts('franchiseDashboard');
  const stores = useStores(franchiseId);
  const report = useSalesReport(franchiseId, period, 'store');
  if (stores.isError && !stores.data) return <LoadError query={stores} />;
  if (!stores.data) return <Skeletons count={3} label={t.loading} height="3.5rem" listClassName="stack" />;
  const figuresOf = (storeId: number) => report.data?.rows.find(({ key }) => key === String(storeId));
  return (
    <>
      <Part id="dashboard-stores" title={t.stores.title}>
        <CreateStore franchiseId={franchiseId} />
        {stores.data.stores.length === 0 && <Notice>{t.stores.none}</Notice>}
        <ul className={styles.stores}>
          {stores.data.stores.map((store) => (
            <StoreCard key={store.id} franchiseId={franchiseId} store={store} figures={figuresOf(store.id)} />
          ))}
        </ul>
      </Part>
      <Part id="dashboard-orders" title={t.orders.title}>
        <OrderList franchiseId={franchiseId} stores={stores.data.stores} />
      </Part>
      <Part id="dashboard-year" title={t.year.title}>
        <YearExport franchiseId={franchiseId} today={today} />
      </Part>
    </>
  );
}
