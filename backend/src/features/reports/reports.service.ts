import { sumSatoshi, toSatoshi } from '#contract/money.ts';
import type { Database } from '../../database/pool.ts';
import { notFound } from '../../errors.ts';
import { boundsOfDay } from '../../local-time.ts';
import type { Figures, FiguresQuery } from '../fulfillment/figures/sum-figures.repository.ts';
import {
  type FranchiseOrder,
  type FranchiseOrdersQuery,
  findFranchiseOrders,
} from './franchise-orders.repository.ts';
import { type ExportedOrder, findOrdersPlaced } from './order-export.repository.ts';
import * as repository from './reports.repository.ts';

export interface ReportQuery {
  franchiseId: number;
  /** Days of each store by its own clock, both included. */
  from: string;
  to: string;
  by: 'day' | 'store' | 'item';
}

export interface ReportRow extends Figures {
  key: string;
  name: string;
}

export interface Report extends Omit<ReportQuery, 'franchiseId'> {
  /** Whose days these are: the zones of the stores, each once. */
  timeZones: string[];
  rows: ReportRow[];
  total: Figures;
}

interface ReportsDeps {
  db: Database;
  /** Figures of stores by day, store id or item id; what has none is left out. */
  sumFigures: (query: FiguresQuery) => Promise<Map<string, Figures>>;
}

const DAY_MS = 86_400_000;
const NOTHING: Figures = { orders: 0, pizzas: 0, revenueSatoshi: toSatoshi(0), late: 0, failed: 0 };

function addUp(rows: readonly Figures[]): Figures {
  const sum = (figure: 'orders' | 'pizzas' | 'late' | 'failed') =>
    rows.reduce((total, row) => total + row[figure], 0);
  return {
    orders: sum('orders'),
    pizzas: sum('pizzas'),
    revenueSatoshi: sumSatoshi(rows.map(({ revenueSatoshi }) => revenueSatoshi)),
    late: sum('late'),
    failed: sum('failed'),
  };
}

function daysOf({ from, to }: { from: string; to: string }): string[] {
  const count = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10),
  );
}

const timeZonesOf = (stores: readonly repository.ReportedStore[]): string[] =>
  [...new Set(stores.map(({ timeZone }) => timeZone))].sort();

export function createReports({ db, sumFigures }: ReportsDeps) {
  async function findStoresOf(franchiseId: number): Promise<repository.ReportedStore[]> {
    if (!(await repository.franchiseExists(db, franchiseId))) throw notFound('franchise');
    return repository.findReportedStores(db, franchiseId);
  }

  async function reportByDay(query: ReportQuery, storeIds: number[]) {
    const figures = await sumFigures({ ...query, storeIds, by: 'day' });
    return daysOf(query).map((day) => ({ key: day, name: day, ...(figures.get(day) ?? NOTHING) }));
  }

  async function reportByStore(query: ReportQuery, stores: repository.ReportedStore[]) {
    const figures = await sumFigures({ ...query, storeIds: stores.map(({ id }) => id), by: 'store' });
    return stores
      .map(({ id, ...store }) => ({ ...store, key: String(id), figures: figures.get(String(id)) }))
      .filter(({ isArchived, figures: own }) => !isArchived || own)
      .map(({ key, name, figures: own }) => ({ key, name, ...(own ?? NOTHING) }));
  }

  async function reportByItem(
    query: ReportQuery,
    storeIds: number[],
  ): Promise<Pick<Report, 'rows' | 'total'>> {
    const items = await sumFigures({ ...query, storeIds, by: 'item' });
    // An order with two kinds of pizza stands in two rows, so the rows do not add up to the total.
    const total = addUp([...(await sumFigures({ ...query, storeIds, by: 'store' })).values()]);
    const titles = await repository.findTitles(db, [...items.keys()].map(Number));
    const rows = [...items]
      .map(([key, figures]) => ({ key, name: titles.get(Number(key)) ?? key, ...figures }))
      .sort((one, other) => one.name.localeCompare(other.name, 'en') || Number(one.key) - Number(other.key));
    return { rows, total };
  }

  return {
    /** Throws `not_found` for a franchise that was never there. */
    async assertFranchise(franchiseId: number): Promise<void> {
      await findStoresOf(franchiseId);
    },

    /**
     * The orders placed on these days, both included, by the clock of each order's store, oldest first. Throws
     * `not_found` for an unknown franchise.
     */
    async exportOrders(query: Omit<ReportQuery, 'by'>): Promise<ExportedOrder[]> {
      const stores = await findStoresOf(query.franchiseId);
      const spans = [...Map.groupBy(stores, ({ timeZone }) => timeZone)].map(([timeZone, own]) => ({
        storeIds: own.map(({ id }) => id),
        from: boundsOfDay(query.from, timeZone).start,
        until: boundsOfDay(query.to, timeZone).end,
      }));
      return findOrdersPlaced(db, { franchiseId: query.franchiseId, spans });
    },

    /**
     * One page of a franchise's orders, newest first. Throws `not_found` for an unknown franchise and for a store that
     * is not of this franchise.
     */
    async listOrders(query: FranchiseOrdersQuery): Promise<{ orders: FranchiseOrder[]; more: boolean }> {
      const stores = await findStoresOf(query.franchiseId);
      if (query.storeId !== undefined && !stores.some(({ id }) => id === query.storeId)) {
        throw notFound('store');
      }
      const found = await findFranchiseOrders(db, query);
      return { orders: found.slice(0, query.limit), more: found.length > query.limit };
    },

    /**
     * A franchise's figures, never added up from orders: by day with every day of the range, by store with every store that
     * is open or has figures, by item with every item that was ordered. Throws `not_found` for an unknown franchise.
     */
    async readReport(query: ReportQuery): Promise<Report> {
      const { from, to, by } = query;
      const stores = await findStoresOf(query.franchiseId);
      const storeIds = stores.map(({ id }) => id);
      const asked = { from, to, by, timeZones: timeZonesOf(stores) };
      if (by === 'item') return { ...asked, ...(await reportByItem(query, storeIds)) };
      const rows = await (by === 'day' ? reportByDay(query, storeIds) : reportByStore(query, stores));
      return { ...asked, rows, total: addUp(rows) };
    },
  };
}

export type Reports = ReturnType<typeof createReports>;
