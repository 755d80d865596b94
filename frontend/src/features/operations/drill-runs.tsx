import { formatDuration } from '../../lib/duration.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { DataTable } from '../../ui/data-table.tsx';
import styles from './drill.module.css';
import type { DrillRun } from './drill-score.tsx';

/** The drills of late, newest first. */
export function DrillRuns({ runs }: { runs: readonly DrillRun[] }) {
  const t = useStaffTexts('drill');
  const { locale } = useLanguage();
  const duration = (ms: number | null) => (ms === null ? t.dash : formatDuration(ms, locale));
  return (
    <section className={styles.score}>
      <h3>{t.runs}</h3>
      <DataTable
        label={t.runs}
        rows={runs}
        keyOf={({ id }) => id}
        columns={[
          { title: t.what, cell: ({ mode }) => t.modes[mode] },
          { title: t.when, cell: ({ startedAt }) => formatDateTime(startedAt, locale) },
          { title: t.detected, isNumber: true, cell: ({ detectedAfterMs }) => duration(detectedAfterMs) },
          { title: t.restored, isNumber: true, cell: ({ restoredAfterMs }) => duration(restoredAfterMs) },
          {
            title: t.place,
            isNumber: true,
            cell: ({ restoredRank }) => (restoredRank ? t.placeOf(restoredRank) : t.dash),
          },
          { title: t.end, cell: ({ endedBy }) => (endedBy ? t.endWords[endedBy] : t.goesOn) },
          { title: t.orders, isNumber: true, cell: ({ ordersPlaced }) => ordersPlaced },
        ]}
      />
    </section>
  );
}
