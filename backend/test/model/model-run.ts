import fc from 'fast-check';
import { describeHistory, type History, histories } from './history.ts';
import { makeKeys } from './model-factory.ts';
import { type ModelShop, openModelShop } from './model-shop.ts';
import { playHistory } from './play-history.ts';

// Each has a database of its own; while one waits for it the others go on.
const LANES = 6;

export interface ModelReport {
  histories: number;
  /** What was tried at all: a model that never met a thing has proved nothing about it. */
  met: Record<string, number>;
  /** Each with its shrunk history and how to play it again. */
  failures: string[];
}

async function runLane(
  lane: { histories: number; seed: number },
  tell: { played: () => void; met: (name: string) => void },
): Promise<string | undefined> {
  const keys = await makeKeys();
  const shop = await openModelShop();
  try {
    const property = fc.asyncProperty(histories, async (history) => {
      const broken = await playHistory(shop, keys, history);
      tell.played();
      for (const name of await readMet(shop)) tell.met(name);
      if (broken.length > 0) throw new Error(broken.join('\n'));
    });
    const details = await fc.check(property, {
      seed: lane.seed,
      numRuns: lane.histories,
      // Long histories and rare events from the first run on.
      unbiased: true,
    });
    if (!details.failed) return undefined;
    const [history] = details.counterexample as [History];
    return [
      `broken after ${details.numRuns} histories with seed ${lane.seed}, and after ${details.numShrinks} shrinks by:`,
      describeHistory(history),
      describeError(details.errorInstance),
      `play it again: npm run model -- --seed ${lane.seed} --histories ${lane.histories * LANES}`,
    ].join('\n');
  } finally {
    await shop.close();
  }
}

/** A fault of the database says which statement met it. */
function describeError(error: unknown): string {
  const { message, sql } = error as Error & { sql?: string };
  return sql === undefined ? message : `${message} (${sql})`;
}

/** Causes of transitions, reasons of orders, outcomes of attempts, folds, and what went wrong with the database. */
async function readMet({ db, lines }: ModelShop): Promise<string[]> {
  const causes = await db.selectFrom('order_transitions').select('cause').distinct().execute();
  const outcomes = await db.selectFrom('factory_attempts').select('outcome').distinct().execute();
  const reasons = await db.selectFrom('orders').select('reason').distinct().execute();
  const spent = await db
    .selectFrom('idempotency_keys')
    .select('idempotency_key')
    .where('order_id', 'is', null)
    .execute();
  const folded = await db.selectFrom('store_day_figures').select('orders').limit(1).execute();
  const met = [
    ...(folded.length > 0 ? ['figures folded'] : []),
    ...(spent.length > 0 ? ['key spent'] : []),
    ...lines.flatMap(({ faults }) => faults.takeHappened()),
    ...causes.map(({ cause }) => cause),
    ...reasons.map(({ reason }) => reason),
    ...outcomes.map(({ outcome }) => `attempt: ${outcome}`),
  ];
  return [...new Set(met)].filter((name) => name !== null);
}

/** Plays random histories, several at a time; the same seed plays the same ones. */
export async function runModel(options: {
  histories: number;
  seed: number;
  onPlayed?: (played: number) => void;
}): Promise<ModelReport> {
  const report: ModelReport = { histories: 0, met: {}, failures: [] };
  const tell = {
    played: () => {
      report.histories += 1;
      options.onPlayed?.(report.histories);
    },
    met: (name: string) => {
      report.met[name] = (report.met[name] ?? 0) + 1;
    },
  };
  const share = Math.ceil(options.histories / LANES);
  const lanes = Array.from({ length: LANES }, (_, lane) => ({ histories: share, seed: options.seed + lane }));
  const failures = await Promise.all(lanes.map((lane) => runLane(lane, tell)));
  report.failures = failures.filter((failure) => failure !== undefined);
  return report;
}
