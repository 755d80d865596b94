import type { EndpointResult } from '#contract/endpoint.ts';
import type { EndpointOf } from '#contract/endpoints.ts';
import { formatClock, formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import styles from './incident-view.module.css';

type Timeline = EndpointResult<EndpointOf<'GET /api/operations/incidents/:incidentId'>>['timeline'];

const detailsOf = (details: Timeline[number]['details']) =>
  Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ');

/** What happened in an incident, and how long after its first fault. */
export function IncidentTimeline({ startedAt, timeline }: { startedAt: string; timeline: Timeline }) {
  const t = useStaffTexts('incidents');
  const { locale } = useLanguage();
  const offset = (at: string) => formatDuration(Math.max(0, Date.parse(at) - Date.parse(startedAt)), locale);
  const steps = timeline.map((event, place) => ({ ...event, place }));
  return (
    <div>
      <h4>{t.timeline}</h4>
      <ol className={styles.timeline}>
        {steps.map(({ at, kind, details, place }) => (
          <li key={place} data-kind={kind}>
            <p className={styles.when}>
              <time dateTime={at}>{formatClock(at, locale)}</time>
              <span>{`+${offset(at)}`}</span>
            </p>
            <p>{t.events[kind]}</p>
            <p className={styles.details}>{detailsOf(details)}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
