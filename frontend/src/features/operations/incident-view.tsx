import { useEffect, useRef } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import { describeError } from '../../lib/error-texts.ts';
import { useLanguage, useStaffTexts, useTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { IncidentTimeline } from './incident-timeline.tsx';
import styles from './incident-view.module.css';
import { useIncident, useIncidentReport, useReport } from './operations.api.ts';
import { ReportText } from './report-text.tsx';

const reportAddress = (incidentId: number) => `/api/operations/incidents/${incidentId}/report`;

/** One incident: its figures, what happened in it, and the report that wrote itself. */
export function IncidentView({ incidentId, onClose }: { incidentId: number; onClose: () => void }) {
  const t = useStaffTexts('incidents');
  const { locale } = useLanguage();
  const incident = useIncident(incidentId);
  const title = useRef<HTMLHeadingElement>(null);
  const isThere = incident.data !== undefined;
  // Opened from a table far above: the reader goes with it.
  useEffect(() => {
    if (isThere) title.current?.focus();
  }, [isThere]);
  if (incident.isError) return <LoadError query={incident} />;
  if (!incident.data) return <Skeletons count={1} label={t.loading} height="16rem" />;
  const { data } = incident;
  const facts = [
    [
      t.detected,
      `${formatDuration(Date.parse(data.detectedAt) - Date.parse(data.startedAt), locale)}, ${t.by[data.detectedBy]}`,
    ],
    [t.orders, data.ordersDelayed],
    [t.failed, data.ordersFailed],
    [t.diners, data.diners],
    [t.value, <Amount key="value" bitcoin={data.value} />],
    [t.longest, formatDuration(data.longestWaitMs, locale)],
  ] as const;
  return (
    <section className={styles.incident} aria-labelledby="incident-title">
      <header className={styles.heading}>
        <h3 id="incident-title" ref={title} tabIndex={-1}>
          {t.name({ id: incidentId })}
        </h3>
        <p>{t.modes[data.mode]}</p>
        <Button look="quiet" size="small" onClick={onClose}>
          {t.hide}
        </Button>
      </header>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {data.state === 'open' && <ReportAction incidentId={incidentId} />}
      <div className={styles.parts}>
        <IncidentTimeline startedAt={data.startedAt} timeline={data.timeline} />
        <Report incidentId={incidentId} />
      </div>
    </section>
  );
}

function ReportAction({ incidentId }: { incidentId: number }) {
  const { report: t } = useStaffTexts('incidents');
  const texts = useStaffTexts('operations');
  const errors = useTexts('errors');
  const report = useReport();
  return (
    <div className={styles.actions}>
      <ConfirmButton
        question={t.question}
        texts={texts}
        isBusy={report.isPending}
        onConfirm={() => report.mutate(incidentId)}
      >
        {t.call}
      </ConfirmButton>
      {report.data && (
        <Notice tone={report.data.result === 'answered' ? 'good' : 'warm'}>
          {t.results[report.data.result]}
        </Notice>
      )}
      {report.error && <Notice tone="bad">{describeError(report.error, errors)}</Notice>}
    </div>
  );
}

function Report({ incidentId }: { incidentId: number }) {
  const { report: t } = useStaffTexts('incidents');
  const report = useIncidentReport(incidentId);
  return (
    <div className={styles.report}>
      <div className={styles.reportHead}>
        <h4>{t.title}</h4>
        <a
          href={reportAddress(incidentId)}
          download={`incident-${incidentId}.md`}
          className={styles.download}
        >
          <Icon name="download" />
          {t.download}
        </a>
      </div>
      {report.isError && <LoadError query={report} />}
      {report.isPending && <Skeletons count={1} label={t.loading} height="16rem" />}
      {report.data !== undefined && <ReportText report={report.data} />}
    </div>
  );
}
