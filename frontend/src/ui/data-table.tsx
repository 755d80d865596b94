import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  /** Set at the end of the line, digits below digits. */
  isNumber?: boolean;
}

interface DataTableProps<Row> {
  /** Said to people who cannot see what stands around it. */
  label: string;
  /** The first column names the row. */
  columns: readonly [Column<Row>, ...Column<Row>[]];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** Whether a row belongs to the one above it and stands a step further in. */
  isPart?: (row: Row) => boolean;
  isBusy?: boolean;
}

/** Rows under headings; on a phone each row becomes a card whose values carry the headings beside them. */
export function DataTable<Row>({ label, columns, rows, keyOf, isPart, isBusy }: DataTableProps<Row>) {
  const [first, ...others] = columns;
  return (
    <table className={styles.table} aria-label={label} aria-busy={isBusy || undefined}>
      <thead>
        <tr>
          {columns.map(({ title, isNumber }) => (
            <th key={title} scope="col" className={isNumber ? styles.number : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} className={isPart?.(row) ? styles.part : undefined}>
            <th scope="row">{first.cell(row)}</th>
            {others.map(({ title, isNumber, cell }) => (
              <td key={title} data-label={title} className={isNumber ? styles.number : undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
