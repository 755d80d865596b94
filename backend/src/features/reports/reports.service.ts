import { sumSatoshi, toSatoshi } from '#contract/money.ts';
import type { Database } from '../../database/pool.ts';
import { notFound } from '../../errors.ts';
import {
  type FranchiseOrder,
  type FranchiseOrdersQuery,
  findFranchiseOrders,
} from './franchise-orders.repository.ts';
import { type ExportedOrder, findOrdersPlaced } from './order-export.repository.ts';
import * as repository from './reports.repository.ts';

type Figures = repository.Figures;

export interface ReportQuery {
  franchiseId: number;
  /** UTC days, both included. */
  from: string;
  to: string;
  by: 'day' | 'store' | 'item';
}

export interface ReportRow extends Figures {
  key: string;
  name: string;
}

export interface Report extends Omit<ReportQuery, 'franchiseId'> {
  rows: ReportRow[];
  total: Figures;
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

export function createReports(db: Database) {
  async function findStoresOf(franchiseId: number): Promise<repository.ReportedStore[]> {
    if (!(await repository.franchiseExists(db, franchiseId))) throw notFound('franchise');
    return repository.findReportedStores(db, franchiseId);
  }

  async function reportByDay(query: ReportQuery, storeIds: number[]) {
    const figures = await repository.sumByDay(db, { ...query, storeIds });
    return daysOf(query).map((day) => ({ key: day, name: day, ...(figures.get(day) ?? NOTHING) }));
  }

  async function reportByStore(query: ReportQuery, stores: repository.ReportedStore[]) {
    const figures = await repository.sumByStore(db, { ...query, storeIds: stores.map(({ id }) => id) });
    return stores
      .filter(({ id, isArchived }) => !isArchived || figures.has(id))
      .map(({ id, name }) => ({ key: String(id), name, ...(figures.get(id) ?? NOTHING) }));
  }

  async function reportByItem(
    query: ReportQuery,
    storeIds: number[],
  ): Promise<Omit<Report, 'from' | 'to' | 'by'>> {
    const items = await repository.sumByItem(db, { ...query, storeIds });
    // An order with two kinds of pizza stands in two rows, so the rows do not add up to the total.
    const total = addUp([...(await repository.sumByStore(db, { ...query, storeIds })).values()]);
    const rows = items
      .map(({ menuId, title, ...figures }) => ({ key: String(menuId), name: title, ...figures }))
      .sort((one, other) => one.name.localeCompare(other.name, 'en') || Number(one.key) - Number(other.key));
    return { rows, total };
  }

  return {
    /** Throws `not_found` for a franchise that was never there. */
    async assertFranchise(franchiseId: number): Promise<void> {
      await findStoresOf(franchiseId);
    },

    /** The orders placed on these UTC days, both included, oldest first. Throws `not_found` for an unknown franchise. */
    async exportOrders(query: Omit<ReportQuery, 'by'>): Promise<ExportedOrder[]> {
      await findStoresOf(query.franchiseId);
      const until = new Date(Date.parse(query.to) + DAY_MS);
      return findOrdersPlaced(db, { franchiseId: query.franchiseId, from: new Date(query.from), until });
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
     * A franchise's figures, from the rollup alone: by day with every day of the range, by store with every store that
     * is open or has figures, by item with every item that was ordered. Throws `not_found` for an unknown franchise.
     */
    async readReport(query: ReportQuery): Promise<Report> {
      const { from, to, by } = query;
      const stores = await findStoresOf(query.franchiseId);
      const storeIds = stores.map(({ id }) => id);
      if (by === 'item') return { from, to, by, ...(await reportByItem(query, storeIds)) };
      const rows = await (by === 'day' ? reportByDay(query, storeIds) : reportByStore(query, stores));
      return { from, to, by, rows, total: addUp(rows) };
    },
  };
}

export type Reports = ReturnType<typeof createReports>;
