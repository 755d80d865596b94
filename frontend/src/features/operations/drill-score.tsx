import type { EndpointResult } from '#contract/endpoint.ts';
import type { EndpointOf } from '#contract/endpoints.ts';
import { formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './drill.module.css';
import { OutageStrip } from './outage-strip.tsx';

type DrillState = EndpointResult<EndpointOf<'GET /api/operations/drill'>>;
export type DrillRun = DrillState['runs'][number];

const MINUTE_MS = 60_000;

interface Row {
  who: string;
  detectedMs: number | null;
  restoredMs: number | null;
  place: DrillRun['restoredRank'];
  isThis: boolean;
}

/** Where the last drill stands among the real outages. */
export function DrillScore({ run, outages }: { run: DrillRun | undefined; outages: DrillState['outages'] }) {
  const t = useStaffTexts('drill');
  const { locale } = useLanguage();
  const real = (who: string, which: 'best' | 'median' | 'worst'): Row => ({
    who,
    detectedMs: outages.detected[which] * MINUTE_MS,
    restoredMs: outages.restored[which] * MINUTE_MS,
    place: null,
    isThis: false,
  });
  const rows: Row[] = [
    ...(run
      ? [
          {
            who: t.thisRun({ what: t.modes[run.mode] }),
            detectedMs: run.detectedAfterMs,
            restoredMs: run.restoredAfterMs,
            place: run.restoredRank,
            isThis: true,
          },
        ]
      : []),
    real(t.best, 'best'),
    real(t.median, 'median'),
    real(t.worst, 'worst'),
  ];
  const duration = (ms: number | null) => (ms === null ? t.waiting : formatDuration(ms, locale));
  const place = ({ place: rank, isThis }: Row) => {
    if (rank) return <b className={styles.place}>{t.placeOf(rank)}</b>;
    return isThis ? t.waiting : t.dash;
  };
  return (
    <section className={styles.score} aria-labelledby="drill-score">
      <h3 id="drill-score">{t.score}</h3>
      <p className="muted">{t.scoreLead({ count: outages.count })}</p>
      {!run && <Notice>{t.noRun}</Notice>}
      <OutageStrip run={run} outages={outages} />
      <DataTable
        label={t.score}
        rows={rows}
        keyOf={({ who }) => who}
        columns={[
          { title: t.who, cell: ({ who }) => who },
          { title: t.detected, isNumber: true, cell: ({ detectedMs }) => duration(detectedMs) },
          { title: t.restored, isNumber: true, cell: ({ restoredMs }) => duration(restoredMs) },
          { title: t.place, isNumber: true, cell: place },
        ]}
      />
      {run && (
        <p role="status">
          <span>{run.endedBy ? t.ends[run.endedBy] : t.goesOn}</span>{' '}
          <span>
            {t.meanwhile({
              placed: run.ordersPlaced,
              delayed: run.ordersDelayed,
              failed: run.ordersFailed,
            })}
          </span>
        </p>
      )}
    </section>
  );
}
