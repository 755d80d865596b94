import { formatDateTime } from '../../lib/format.ts';
import { readerLocale, useTexts } from '../../lib/texts.ts';
import type { DecodedPizza } from './decode-pizza.ts';
import { ordersTexts } from './orders.texts.ts';
import styles from './token.module.css';

type Facts = [label: string, value: string][];

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
/** Tokens count seconds, not milliseconds. */
const moment = (value: unknown) =>
  typeof value === 'number'
    ? formatDateTime(new Date(value * 1000).toISOString(), readerLocale())
    : undefined;

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
  const { facts } = useTexts(ordersTexts).token;
  return (
    <FactList
      raw={header}
      facts={known([
        [facts.algorithm, text(header.alg)],
        [facts.key, text(header.kid)],
        [facts.baker, text(header.iss)],
        [facts.baked, moment(header.iat)],
        [facts.until, moment(header.exp)],
      ])}
    />
  );
}

export function PayloadFacts({ payload }: Pick<DecodedPizza, 'payload'>) {
  const { facts } = useTexts(ordersTexts).token;
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
  const t = useTexts(ordersTexts).token;
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
