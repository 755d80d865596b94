import type { EndpointResult } from '#contract/endpoint.ts';
import type { EndpointOf } from '#contract/endpoints.ts';
import { classNames } from '../../lib/class-names.ts';
import { formatClock } from '../../lib/duration.ts';
import { formatDateTime } from '../../lib/format.ts';
import { type StaffTextsOf, useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { Facts } from '../../ui/facts.tsx';
import styles from './factory-card.module.css';
import { outcomeTone, outcomeWords } from './machine-words.ts';

export type Factories = EndpointResult<EndpointOf<'GET /api/operations/factory'>>;
export type Factory = Factories['factories'][number];

/** Why it is as it is, in one or two sentences. */
function explain(factory: Factory, t: StaffTextsOf<'operations'>, locale: string): string {
  const { state, since, hold, circuit, lastAttempts } = factory;
  const lastBad = lastAttempts.find(({ outcome }) => outcomeTone(outcome) !== 'good')?.outcome ?? 'error';
  const outcome = outcomeWords(lastBad, t);
  if (hold) return hold.cause === 'operator' ? t.why.held : t.why.keyRefused;
  if (state === 'down') return t.why.down({ count: circuit.failuresInARow, outcome });
  if (state === 'slow') return t.why.slow({ outcome });
  return since ? t.why.well({ time: formatDateTime(since, locale) }) : t.why.unknownWell;
}

/** How one factory is, and why, large enough to be read from across the room. */
export function FactoryCard({ factory, factories }: { factory: Factory; factories: Factories }) {
  const t = useStaffTexts('operations');
  const { locale } = useLanguage();
  const { state, circuit, probe, origin } = factory;
  const { slots, recovery } = factories;
  const clock = (iso: string) => formatClock(iso, locale);
  const openWords = circuit.nextTrialAt
    ? t.facts.openUntil({ time: clock(circuit.nextTrialAt) })
    : t.facts.open;
  const facts = [
    [t.facts.circuit, circuit.state === 'open' ? openWords : t.facts.closed],
    [
      t.facts.probe,
      probe
        ? t.facts.probed({ outcome: outcomeWords(probe.outcome, t), time: clock(probe.at) })
        : t.facts.noProbe,
    ],
    [t.facts.recovery, t.recovery[recovery]],
    [t.facts.slots, t.facts.slotsOf({ inUse: slots.inUse, of: slots.of })],
  ] as const;
  return (
    <section className={classNames(styles.card, styles[state])} aria-label={origin}>
      <p className={styles.origin}>{origin}</p>
      <div role="status">
        <p className={styles.state}>{t.states[state]}</p>
        <p className={styles.why}>{explain(factory, t, locale)}</p>
      </div>
      <Facts facts={facts} />
    </section>
  );
}
