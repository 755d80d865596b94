import { Suspense, useState } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { lazyComponent } from '../../lib/lazy-component.ts';
import { useStaffTexts } from '../../lib/texts.ts';
import { type Column, DataTable } from '../data-table.tsx';
import { Skeleton } from '../skeleton.tsx';
import styles from './chart.module.css';
import type { ChartData } from './chart-data.ts';

// The drawing library weighs 20 kB and serves the staff only.
const Plot = lazyComponent(async () => (await import('./plot.tsx')).Plot);

interface ChartProps {
  title: string;
  /** What the points are: the heading of the table's first column. */
  pointTitle: string;
  data: ChartData;
  format: (value: number) => string;
}

interface Row {
  at: number;
  name: string;
  values: readonly (number | null | undefined)[];
}

/** A drawing, its key, and the same numbers as a table for whoever cannot see it or wants them exactly. */
export function Chart({ title, pointTitle, data, format }: ChartProps) {
  const t = useStaffTexts('chart');
  const [point, setPoint] = useState<number | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const { kind, points, series } = data;
  const say = (value: number | null | undefined) => (value == null ? '–' : format(value));
  const shown = point === null ? undefined : points[point];
  return (
    <figure className={styles.chart} aria-label={title}>
      <figcaption>
        <h3>{title}</h3>
      </figcaption>
      <ul className={styles.key} aria-hidden="true">
        {series.map(({ label, tone, values }, index) => (
          <li key={label}>
            <span
              className={classNames(
                styles.mark,
                styles[tone],
                kind === 'lines' && styles[`dash${index % 4}`],
              )}
            />
            <span>{label}</span>
            {shown !== undefined && <b>{say(values[point ?? 0])}</b>}
          </li>
        ))}
        <li className={styles.point}>{shown}</li>
      </ul>
      <Suspense fallback={<Skeleton className={styles.plot} />}>
        <Plot data={data} format={format} onPoint={setPoint} />
      </Suspense>
      <details className={styles.numbers} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>{t.numbers({ title })}</summary>
        {isOpen && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no wheel scrolls it with the arrow keys
          <section className={styles.scroll} aria-label={title} tabIndex={0}>
            <DataTable<Row>
              label={title}
              columns={[
                { title: pointTitle, cell: ({ name }) => name },
                ...series.map(
                  ({ label }, index): Column<Row> => ({
                    title: label,
                    isNumber: true,
                    cell: ({ values }) => say(values[index]),
                  }),
                ),
              ]}
              rows={points.map((name, at) => ({ at, name, values: series.map(({ values }) => values[at]) }))}
              keyOf={({ at }) => at}
            />
          </section>
        )}
      </details>
    </figure>
  );
}
