import { useMemo, useState } from 'react';
import { formatSatoshi, satoshiOf } from '../../../lib/format.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { useLanguage, useStaffTexts } from '../../../lib/texts.ts';
import { Amount } from '../../../ui/amount.tsx';
import { Button } from '../../../ui/button.tsx';
import { Chart } from '../../../ui/chart/chart.tsx';
import type { ChartData } from '../../../ui/chart/chart-data.ts';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { LoadError } from '../../../ui/load-error.tsx';
import { Skeletons } from '../../../ui/skeleton.tsx';
import { fetchSalesReportFile, type SalesReportBy, useSalesReport } from './dashboard.api.ts';
import styles from './dashboard.module.css';
import type { Period } from './period.ts';

type SalesReport = NonNullable<ReturnType<typeof useSalesReport>['data']>;
type Row = SalesReport['rows'][number];

const BEST_SELLERS = 10;

function Totals({ total }: Pick<SalesReport, 'total'>) {
  const t = useStaffTexts('franchiseDashboard').figures;
  return (
    <Facts
      size="large"
      className="panel"
      facts={[
        [t.revenue, <Amount key="revenue" bitcoin={total.revenue} />],
        ...(['orders', 'pizzas', 'late', 'failed'] as const).map(
          (figure) => [t[figure], total[figure]] as const,
        ),
      ]}
    />
  );
}

/** The figures of a period: in all, by day, by store and by pizza, as drawings, tables and files. */
export function Figures({ franchiseId, period }: { franchiseId: number; period: Period }) {
  const { figures: t, loading } = useStaffTexts('franchiseDashboard');
  const { locale } = useLanguage();
  const byDay = useSalesReport(franchiseId, period, 'day');
  const byStore = useSalesReport(franchiseId, period, 'store');
  const byItem = useSalesReport(franchiseId, period, 'item');
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const money = (value: number) => `₿ ${formatSatoshi(satoshiOf(value), locale)}`;
  const pictures = useMemo(() => {
    const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    const dayName = ({ key }: Row) => day.format(new Date(key));
    const chart = (kind: ChartData['kind'], rows: readonly Row[], nameOf: (row: Row) => string) => ({
      revenue: {
        kind,
        points: rows.map(nameOf),
        series: [{ label: t.revenue, tone: 'ember' as const, values: rows.map(({ revenue }) => revenue) }],
      },
      trouble: {
        kind,
        points: rows.map(nameOf),
        series: [
          { label: t.late, tone: 'honey' as const, values: rows.map(({ late }) => late) },
          { label: t.failed, tone: 'tomato' as const, values: rows.map(({ failed }) => failed) },
        ],
      },
    });
    const best = [...(byItem.data?.rows ?? [])]
      .sort((one, other) => other.pizzas - one.pizzas)
      .slice(0, BEST_SELLERS);
    return {
      days: chart('bars', byDay.data?.rows ?? [], dayName),
      stores: chart('ranks', byStore.data?.rows ?? [], ({ name }) => name).revenue,
      items: {
        kind: 'ranks' as const,
        points: best.map(({ name }) => name),
        series: [{ label: t.pizzas, tone: 'basil' as const, values: best.map(({ pizzas }) => pizzas) }],
      },
    };
  }, [byDay.data, byStore.data, byItem.data, t, locale]);
  const failed = [byDay, byStore, byItem].find(({ isError, data }) => isError && !data);
  if (failed) return <LoadError query={failed} />;
  if (!byDay.data || !byStore.data || !byItem.data)
    return <Skeletons count={4} label={loading} height="22rem" listClassName={styles.charts} />;
  return (
    <div className="stack" aria-busy={byDay.isPlaceholderData || undefined}>
      <Totals total={byDay.data.total} />
      <div className={styles.charts}>
        <Chart title={t.byDay} pointTitle={t.day} data={pictures.days.revenue} format={money} />
        <Chart title={t.byStore} pointTitle={t.store} data={pictures.stores} format={money} />
        <Chart title={t.byItem} pointTitle={t.item} data={pictures.items} format={number} />
        <Chart title={t.trouble} pointTitle={t.day} data={pictures.days.trouble} format={number} />
      </div>
      <Files franchiseId={franchiseId} period={period} />
    </div>
  );
}

function Files({ franchiseId, period }: { franchiseId: number; period: Period }) {
  const t = useStaffTexts('franchiseDashboard').figures.files;
  const [error, setError] = useState<unknown>();
  const save = (by: SalesReportBy) => {
    setError(undefined);
    const name = `franchise-${franchiseId}-by-${by}-${period.from}-to-${period.to}.csv`;
    fetchSalesReportFile(franchiseId, period, by).then(
      (text) => saveFile({ name, text, type: 'text/csv' }),
      setError,
    );
  };
  return (
    <div className="cluster">
      {(['day', 'store', 'item'] as const).map((by) => (
        <Button key={by} look="quiet" size="small" onClick={() => save(by)}>
          {t[by]}
        </Button>
      ))}
      <ErrorNotice error={error} />
    </div>
  );
}
