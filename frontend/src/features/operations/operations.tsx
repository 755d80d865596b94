import { useStaffTexts } from '../../lib/texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Part } from '../../ui/part.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import { AttemptsTable } from './attempts-table.tsx';
import { Drill } from './drill.tsx';
import { FactoryCard } from './factory-card.tsx';
import { FailedOrders } from './failed-orders.tsx';
import { IncidentList } from './incident-list.tsx';
import { useFactories, useOperationsNews } from './operations.api.ts';
import styles from './operations.module.css';
import { OperationsCharts } from './operations-charts.tsx';
import { OperatorActions } from './operator-actions.tsx';
import { QueueCounts } from './queue-counts.tsx';
import { QueueTable } from './queue-table.tsx';

/** Everything an operator wants to see, and all of it as it is now. */
export function Operations() {
  const t = useStaffTexts('operations');
  const incidents = useStaffTexts('incidents');
  const drill = useStaffTexts('drill');
  const isLive = useOperationsNews();
  return (
    <div className={styles.operations}>
      {isLive ? (
        <p className={styles.live}>
          <Chip tone="good">{t.live}</Chip>
        </p>
      ) : (
        <Notice tone="warm">{t.notLive}</Notice>
      )}
      <Factories />
      <Part id="operations-hour" title={t.charts.title}>
        <OperationsCharts />
      </Part>
      <Part id="operations-queue" title={t.queue.title}>
        <QueueTable />
      </Part>
      <Part id="operations-failed" title={t.failed.title}>
        <FailedOrders />
      </Part>
      <Part id="operations-incidents" title={incidents.title} lead={incidents.lead}>
        <IncidentList />
      </Part>
      <Part id="operations-drill" title={drill.title} lead={drill.lead}>
        <Drill />
      </Part>
      <Attempts />
    </div>
  );
}

function Factories() {
  const t = useStaffTexts('operations');
  const factories = useFactories();
  if (factories.isError && !factories.data) return <LoadError query={factories} />;
  if (!factories.data) return <Skeletons count={1} label={t.loading} height="18rem" />;
  const isHeld = factories.data.factories.some(({ hold }) => hold?.cause === 'operator');
  return (
    <div className={styles.now}>
      {factories.data.factories.map((factory) => (
        <FactoryCard key={factory.origin} factory={factory} factories={factories.data} />
      ))}
      <div className={styles.side}>
        <QueueCounts />
        <OperatorActions isHeld={isHeld} />
      </div>
    </div>
  );
}

function Attempts() {
  const { attempts: t } = useStaffTexts('operations');
  const { data } = useFactories();
  return data?.factories.map(({ origin, lastAttempts }) => (
    <Part
      key={origin}
      id={`operations-attempts-${origin}`}
      title={t.title}
      lead={data.factories.length > 1 ? origin : undefined}
    >
      <AttemptsTable attempts={lastAttempts} />
    </Part>
  ));
}
