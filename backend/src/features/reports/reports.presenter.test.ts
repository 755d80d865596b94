import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toSatoshi } from '#contract/money.ts';
import { csvCell, presentReportAsCsv } from './reports.presenter.ts';

const figures = { orders: 1, pizzas: 2, revenueSatoshi: toSatoshi(123), late: 0, failed: 3 };

/** What a reader of RFC 4180 makes of a text. */
function parseCsv(text: string): string[][] {
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(cells)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('a report as CSV', () => {
  it('has a header row, one line a row with CRLF, and money with all its decimals', () => {
    const rows = [{ key: '7', name: 'Provo', ...figures }];
    const csv = presentReportAsCsv({
      from: '2026-11-01',
      to: '2026-11-02',
      by: 'store',
      timeZones: ['UTC'],
      rows,
      total: figures,
    });
    expect(csv).toBe('\ufeffkey,name,orders,pizzas,revenue,late,failed\r\n7,Provo,1,2,0.00000123,0,3\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('the cell %j cannot run as a formula', (name) => {
    expect(csvCell(name).replace(/^"/, '')).toMatch(/^'/);
  });

  it.each([
    ['a comma, here', '"a comma, here"'],
    ['"quoted"', '"""quoted"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['Zürich', 'Zürich'],
    ['a = b', 'a = b'],
    ['=A1,"x"', '"\'=A1,""x"""'],
    [-5, '-5'],
  ])('the cell %j is written as %j', (value, expected) => {
    expect(csvCell(value)).toBe(expected);
  });

  it('a reader gets back every name that was written, but for the quote before a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const rows = [{ key: '1', name, ...figures }];
        const csv = presentReportAsCsv({
          from: '2026-11-01',
          to: '2026-11-02',
          by: 'store',
          timeZones: ['UTC'],
          rows,
          total: figures,
        });
        const guarded = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
        expect(parseCsv(csv)[1]).toEqual(['1', guarded, '1', '2', '0.00000123', '0', '3']);
      }),
    );
  });
});
