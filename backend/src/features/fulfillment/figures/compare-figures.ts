import type { FiguresRow } from './figures.repository.ts';

const COUNTS = ['orders', 'pizzas', 'late', 'failed'] as const;
const FIGURES = ['orders', 'pizzas', 'revenue', 'late', 'failed'] as const;
const NOTHING = { orders: 0, pizzas: 0, revenue: '0.00000000', late: 0, failed: 0 };
const DECIMALS = 8;

/** A stored figure that is not what the orders say. */
export interface FiguresDifference {
  storeId: number;
  day: string;
  /** Null for the whole store. */
  menuId: number | null;
  figure: (typeof FIGURES)[number];
  stored: number | string;
  actual: number | string;
}

function keyOf({ day, menuId }: FiguresRow): string {
  return `${day} ${menuId ?? ''}`;
}

// Sums of DECIMAL columns have more digits than a number holds.
const satoshiOf = (decimal: string): bigint => BigInt(decimal.replace('.', ''));
function decimalOf(satoshi: bigint): string {
  const sign = satoshi < 0n ? '-' : '';
  const digits = String(satoshi < 0n ? -satoshi : satoshi).padStart(DECIMALS + 1, '0');
  return `${sign}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}

function combine(first: FiguresRow, second: FiguresRow, sign: 1 | -1): FiguresRow {
  const counts = COUNTS.map((name) => [name, first[name] + sign * second[name]]);
  const revenue = decimalOf(satoshiOf(first.revenue) + BigInt(sign) * satoshiOf(second.revenue));
  return { ...first, ...(Object.fromEntries(counts) as Pick<FiguresRow, (typeof COUNTS)[number]>), revenue };
}

/** Adds up rows of a store: what parts of its orders say, each order being in one part, or figures and what is unfolded. */
export function addRows(sums: Map<string, FiguresRow>, rows: readonly FiguresRow[]): void {
  for (const row of rows) {
    const before = sums.get(keyOf(row));
    sums.set(keyOf(row), before ? combine(before, row, 1) : row);
  }
}

/** What is stored beside what the orders say, wherever the two are not the same. */
export function compare(
  storeId: number,
  { stored, actual }: Record<'stored' | 'actual', ReadonlyMap<string, FiguresRow>>,
): { differences: FiguresDifference[]; lacks: FiguresRow[] } {
  const pairs = [...new Map([...stored, ...actual])].map(([key, { day, menuId }]) => ({
    stored: stored.get(key) ?? { day, menuId, ...NOTHING },
    actual: actual.get(key) ?? { day, menuId, ...NOTHING },
  }));
  const unequal = pairs.filter((pair) => FIGURES.some((name) => pair.stored[name] !== pair.actual[name]));
  return {
    differences: unequal.flatMap((pair) => {
      const { day, menuId } = pair.actual;
      return FIGURES.filter((name) => pair.stored[name] !== pair.actual[name]).map((figure) => ({
        ...{ storeId, day, menuId, figure },
        stored: pair.stored[figure],
        actual: pair.actual[figure],
      }));
    }),
    lacks: unequal.map((pair) => combine(pair.actual, pair.stored, -1)),
  };
}
