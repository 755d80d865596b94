import type { AuditEntry } from '#contract/operations.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import styles from './audit.module.css';

function tell(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What is on record of an entry, word for word, for whoever wants to know. */
export function EntryDetails({ entry }: { entry: AuditEntry }) {
  const t = useStaffTexts('adminAudit');
  const { id, subject, details, requestId } = entry;
  const subjectName = Object.hasOwn(t.subjects, subject.type)
    ? t.subjects[subject.type as keyof typeof t.subjects]
    : subject.type;
  return (
    <details className={styles.details}>
      <summary aria-label={t.detailsOf({ id })}>{t.details}</summary>
      <dl>
        <Fact name={subjectName} value={String(subject.id)} />
        {Object.entries(details).map(([name, value]) => (
          <Fact key={name} name={name} value={tell(value)} />
        ))}
        <Fact name={t.entry} value={String(id)} />
        <Fact name={t.request} value={requestId} />
      </dl>
    </details>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  );
}
