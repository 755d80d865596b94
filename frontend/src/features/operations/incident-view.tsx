import { useEffect, useRef } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { IncidentReportText } from './incident-report-text.tsx';
import { IncidentTimeline } from './incident-timeline.tsx';
import styles from './incident-view.module.css';
import { useIncident, useIncidentReport, useReportIncident } from './operations.api.ts';

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
      <Facts size="medium" facts={facts} />
      {data.state === 'open' && <FaultReport incidentId={incidentId} />}
      <div className={styles.parts}>
        <IncidentTimeline startedAt={data.startedAt} timeline={data.timeline} />
        <IncidentReport incidentId={incidentId} />
      </div>
    </section>
  );
}

function FaultReport({ incidentId }: { incidentId: number }) {
  const { faultReport: t } = useStaffTexts('incidents');
  const texts = useStaffTexts('operations');
  const faultReport = useReportIncident();
  return (
    <div className={styles.actions}>
      <ConfirmButton
        question={t.question}
        texts={texts}
        isBusy={faultReport.isPending}
        onConfirm={() => faultReport.mutate(incidentId)}
      >
        {t.call}
      </ConfirmButton>
      {faultReport.data && (
        <Notice tone={faultReport.data.result === 'answered' ? 'good' : 'warm'}>
          {t.results[faultReport.data.result]}
        </Notice>
      )}
      <ErrorNotice error={faultReport.error} />
    </div>
  );
}

function IncidentReport({ incidentId }: { incidentId: number }) {
  const { incidentReport: t } = useStaffTexts('incidents');
  const incidentReport = useIncidentReport(incidentId);
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
          <span>{t.download}</span>
        </a>
      </div>
      {incidentReport.isError && <LoadError query={incidentReport} />}
      {incidentReport.isPending && <Skeletons count={1} label={t.loading} height="16rem" />}
      {incidentReport.data !== undefined && <IncidentReportText report={incidentReport.data} />}
    </div>
  );
}
