import type { z } from 'zod';
import { bitcoinFromSatoshi, decimalFromSatoshi } from '#contract/money.ts';
import { presentReason } from '#contract/order-reasons.ts';
import type { Order } from '#contract/orders.ts';
import type { readFranchiseReport } from '#contract/reports.ts';
import type { Figures } from '../fulfillment/figures/sum-figures.repository.ts';
import type { FranchiseOrder } from './franchise-orders.repository.ts';
import type { ExportedOrder } from './order-export.repository.ts';
import type { Report } from './reports.service.ts';

type ReportAnswer = z.input<(typeof readFranchiseReport.answers)[200]['schema']>;

/** Every field of an order that those may see who run its store. */
export function presentFranchiseOrder(order: FranchiseOrder): Order {
  return {
    id: order.id,
    franchiseId: order.franchiseId,
    franchiseName: order.franchiseName,
    storeId: order.storeId,
    storeName: order.storeName,
    date: order.placedAt.toISOString(),
    status: order.state,
    ...presentReason(order.reason),
    total: bitcoinFromSatoshi(order.totalSatoshi),
    items: order.pizzas.map(({ menuId, title, priceSatoshi, note }, index) => ({
      id: index + 1,
      menuId,
      description: title,
      price: bitcoinFromSatoshi(priceSatoshi),
      ...(note !== undefined && { note }),
    })),
  };
}

function presentFigures({ orders, pizzas, revenueSatoshi, late, failed }: Figures) {
  return { orders, pizzas, revenue: bitcoinFromSatoshi(revenueSatoshi), late, failed };
}

export function presentReport({ from, to, by, timeZones, rows, total }: Report): ReportAnswer {
  return {
    from,
    to,
    by,
    timeZones,
    rows: rows.map((row) => ({ key: row.key, name: row.name, ...presentFigures(row) })),
    total: presentFigures(total),
  };
}

// A spreadsheet runs a cell that begins so as a formula (OWASP, CSV injection): a quote before it makes it a text.
const FORMULA = /^[=+\-@\t\r]/;

/** One cell of RFC 4180. */
export function csvCell(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// Without it Excel takes UTF-8 for the code page of its country, and `Köln` for something else.
const BYTE_ORDER_MARK = '\ufeff';

function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** Orders as CSV (RFC 4180) under a header row: of their diners nothing but what they wrote on a pizza. */
export function presentOrdersAsCsv(orders: readonly ExportedOrder[]): string {
  const header = ['order', 'placed', 'store', 'status', 'pizzas', 'total', 'notes'];
  const rows = orders.map(({ id, placedAt, storeName, state, pizzas, total, notes }) => [
    id,
    placedAt.toISOString(),
    storeName,
    state,
    pizzas,
    total,
    notes.join('; '),
  ]);
  return toCsv([header, ...rows]);
}

/** The rows as CSV (RFC 4180) under a header row; revenue with all its decimals. */
export function presentReportAsCsv(report: Report): string {
  const header = ['key', 'name', 'orders', 'pizzas', 'revenue', 'late', 'failed'];
  const rows = report.rows.map(({ key, name, orders, pizzas, revenueSatoshi, late, failed }) => [
    key,
    name,
    orders,
    pizzas,
    decimalFromSatoshi(revenueSatoshi),
    late,
    failed,
  ]);
  return toCsv([header, ...rows]);
}
