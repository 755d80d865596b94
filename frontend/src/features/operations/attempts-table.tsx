import { formatClock, formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Factory } from './factory-card.tsx';
import { outcomeTone, outcomeWords } from './machine-words.ts';

const SHOWN = 10;

/** The newest calls to a factory. */
export function AttemptsTable({ attempts }: { attempts: Factory['lastAttempts'] }) {
  const texts = useStaffTexts('operations');
  const t = texts.attempts;
  const { locale } = useLanguage();
  if (attempts.length === 0) return <Notice>{t.none}</Notice>;
  return (
    <DataTable
      label={t.title}
      rows={attempts.slice(0, SHOWN)}
      keyOf={({ at, orderId, node }) => `${at} ${orderId} ${node}`}
      columns={[
        { title: t.time, cell: ({ at }) => formatClock(at, locale) },
        {
          title: t.order,
          cell: ({ orderId }) => (orderId === null ? t.probe : texts.queue.number({ id: orderId })),
        },
        {
          title: t.outcome,
          cell: ({ outcome }) => <Chip tone={outcomeTone(outcome)}>{outcomeWords(outcome, texts)}</Chip>,
        },
        { title: t.status, isNumber: true, cell: ({ httpStatus }) => httpStatus ?? '–' },
        { title: t.took, isNumber: true, cell: ({ totalMs }) => formatDuration(totalMs, locale) },
        { title: t.reportUrl, cell: ({ reportHost }) => reportHost ?? '–' },
      ]}
    />
  );
}
