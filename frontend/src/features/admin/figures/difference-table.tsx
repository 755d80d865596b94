import { useLanguage, useStaffTexts } from '../../../lib/texts.ts';
import { Amount } from '../../../ui/amount.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Progress, StoreDifference } from './use-recompute.ts';

/** Each figure that was not what the orders say. */
export function DifferenceTable({ progress }: { progress: Progress }) {
  const t = useStaffTexts('adminFigures');
  const { count, differences } = progress;
  const amount = ({ figure }: StoreDifference, value: number) =>
    figure === 'revenue' ? <Amount bitcoin={value} /> : <Count value={value} />;
  return (
    <>
      <DataTable
        label={t.table}
        rows={differences}
        keyOf={({ store, day, menuId, figure }) => `${store.id} ${day} ${menuId} ${figure}`}
        columns={[
          { title: t.columns.store, cell: ({ store }) => store.name ?? t.store({ id: store.id }) },
          { title: t.columns.day, cell: ({ day }) => day },
          {
            title: t.columns.figure,
            cell: ({ figure, menuId }) =>
              menuId === null ? t.figures[figure] : t.ofPizza({ figure: t.figures[figure], menuId }),
          },
          { title: t.columns.stored, isNumber: true, cell: (row) => amount(row, row.stored) },
          { title: t.columns.actual, isNumber: true, cell: (row) => amount(row, row.actual) },
        ]}
      />
      {count > differences.length && <p className="muted">{t.more({ count: differences.length })}</p>}
    </>
  );
}

function Count({ value }: { value: number }) {
  const { locale } = useLanguage();
  return new Intl.NumberFormat(locale).format(value);
}
