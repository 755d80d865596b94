import type { Database } from '../../database/pool.ts';
import * as repository from './operations-figures.repository.ts';

const MINUTES = 60;
const MINUTE_MS = 60_000;
/** Everybody who looks on reads at the same moment, because they are told at the same moment. */
const SHARED_FOR_MS = 500;

export interface OperationsMinute {
  at: Date;
  orders: number;
  firstWordMs: number | null;
  deliveryMs: number | null;
  slowestDeliveryMs: number | null;
  attempts: Record<string, number>;
  waiting: number;
}

const rounded = (value: number | null | undefined): number | null =>
  value == null ? null : Math.max(0, Math.round(Number(value)));

/** The last hour of all orders and attempts, added up by the database. */
export function createOperationsFigures(db: Database) {
  async function read(): Promise<OperationsMinute[]> {
    const { since, waiting } = await repository.findLineNow(db, MINUTES);
    const [moves, attempts] = await Promise.all([
      repository.countTransitions(db, since),
      repository.countAttempts(db, since),
    ]);
    const moveOf = new Map(moves.map((row) => [Number(row.minute), row]));
    const minutes: OperationsMinute[] = [];
    let waitingAtEnd = Number(waiting);
    // Backwards: how long the line is now is known, and who joined or left it before.
    for (let minute = MINUTES - 1; minute >= 0; minute -= 1) {
      const moved = moveOf.get(minute);
      minutes.push({
        at: new Date(since.getTime() + minute * MINUTE_MS),
        orders: Number(moved?.placed ?? 0),
        firstWordMs: rounded(moved?.first_word_ms),
        deliveryMs: rounded(moved?.delivery_ms),
        slowestDeliveryMs: rounded(moved?.slowest_ms),
        attempts: Object.fromEntries(
          attempts
            .filter((row) => Number(row.minute) === minute)
            .map(({ outcome, count }) => [outcome, Number(count)]),
        ),
        waiting: Math.max(0, waitingAtEnd),
      });
      waitingAtEnd += Number(moved?.left_line ?? 0) - Number(moved?.joined_line ?? 0);
    }
    return minutes.reverse();
  }

  let shared: { readAtMs: number; minutes: Promise<OperationsMinute[]> } | undefined;
  return {
    read(): Promise<OperationsMinute[]> {
      const now = performance.now();
      if (!shared || now - shared.readAtMs > SHARED_FOR_MS) {
        const minutes = read();
        shared = { readAtMs: now, minutes };
        minutes.catch(() => {
          shared = undefined;
        });
      }
      return shared.minutes;
    },
  };
}

export type OperationsFigures = ReturnType<typeof createOperationsFigures>;
