import { useMemo } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { Chart } from '../../ui/chart/chart.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { chartFigures } from './chart-figures.ts';
import { useFigures } from './operations.api.ts';
import styles from './operations.module.css';

/** The last hour in four pictures. */
export function OperationsCharts() {
  const { charts: t, loading } = useStaffTexts('operations');
  const { locale } = useLanguage();
  const figures = useFigures();
  const minutes = figures.data?.minutes;
  const data = useMemo(() => minutes && chartFigures(minutes, t, locale), [minutes, t, locale]);
  const number = (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  const duration = (value: number) => formatDuration(value, locale);
  if (figures.isError && !data) return <LoadError query={figures} />;
  if (!data) return <Skeletons count={4} label={loading} height="22rem" listClassName={styles.charts} />;
  return (
    <div className={styles.charts}>
      <Chart title={t.orders} pointTitle={t.minute} data={data.orders} format={number} />
      <Chart title={t.times} pointTitle={t.minute} data={data.times} format={duration} />
      <Chart title={t.attempts} pointTitle={t.minute} data={data.attempts} format={number} />
      <Chart title={t.queue} pointTitle={t.minute} data={data.queue} format={number} />
    </div>
  );
}
