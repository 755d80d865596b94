import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/texts.ts';
import type { DecodedPizza } from './decode-pizza.ts';
import styles from './token.module.css';

type Facts = [label: string, value: string][];

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
/** Tokens count seconds, not milliseconds. */
const moment = (value: unknown, locale: string) =>
  typeof value === 'number' ? formatDateTime(new Date(value * 1000).toISOString(), locale) : undefined;

function known(facts: [string, string | undefined][]): Facts {
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
}

function pizzasOf(order: unknown): string | undefined {
  const items = member(order, 'items');
  if (!Array.isArray(items)) return undefined;
  return items
    .map((item) => text(member(item, 'description')))
    .filter(Boolean)
    .join(', ');
}

export function HeaderFacts({ header }: Pick<DecodedPizza, 'header'>) {
  const { locale } = useLanguage();
  const { facts } = useTexts('orders').token;
  return (
    <FactList
      raw={header}
      facts={known([
        [facts.algorithm, text(header.alg)],
        [facts.key, text(header.kid)],
        [facts.baker, text(header.iss)],
        [facts.baked, moment(header.iat, locale)],
        [facts.until, moment(header.exp, locale)],
      ])}
    />
  );
}

export function PayloadFacts({ payload }: Pick<DecodedPizza, 'payload'>) {
  const { facts } = useTexts('orders').token;
  const { vendor, diner, order } = payload;
  return (
    <FactList
      raw={payload}
      facts={known([
        [facts.vendor, text(member(vendor, 'name')) ?? text(member(vendor, 'id'))],
        [facts.diner, text(member(diner, 'name'))],
        [facts.number, text(member(order, 'id'))],
        [facts.pizzas, pizzasOf(order)],
      ])}
    />
  );
}

function FactList({ facts, raw }: { facts: Facts; raw: unknown }) {
  const t = useTexts('orders').token;
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <details className={styles.raw}>
        <summary>{t.raw}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it */}
        <pre tabIndex={0}>{JSON.stringify(raw, null, 2)}</pre>
      </details>
    </>
  );
}
