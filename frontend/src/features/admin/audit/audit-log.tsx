import { useState } from 'react';
import type { AuditEntry } from '#contract/operations.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStaffTexts } from '../../../lib/texts.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { ListFrame } from '../../../ui/list-frame.tsx';
import { type AuditFilter, useAuditEntries } from './audit.api.ts';
import { AuditFilters } from './audit-filters.tsx';
import { EntryDetails } from './entry-details.tsx';
import { sentenceOf } from './entry-sentence.ts';

/** Who changed what, and when. */
export function AuditLog() {
  const t = useStaffTexts('adminAudit');
  const [filter, setFilter] = useState<AuditFilter>({});
  const [page, setPage] = useState(1);
  const entries = useAuditEntries(page, filter);
  const isFiltered = Object.values(filter).some((part) => part !== undefined);
  return (
    <ListFrame
      top={
        <AuditFilters
          filter={filter}
          onChange={(next) => {
            setFilter(next);
            setPage(1);
          }}
        />
      }
      query={entries}
      loading={t.loading}
      empty={isFiltered ? t.none : t.noneYet}
      isEmpty={(found) => found.entries.length === 0}
      pager={{ page, hasNext: entries.data?.more ?? false, onTurn: setPage }}
    >
      {(found) => <EntryTable entries={found.entries} />}
    </ListFrame>
  );
}

function EntryTable({ entries }: { entries: readonly AuditEntry[] }) {
  const t = useStaffTexts('adminAudit');
  const { locale } = useLanguage();
  return (
    <DataTable
      label={t.table}
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        { title: t.columns.what, cell: (entry) => sentenceOf(entry, t) },
        {
          title: t.columns.when,
          isNumber: true,
          cell: ({ at }) => <time dateTime={at}>{formatDateTime(at, locale)}</time>,
        },
        { title: t.columns.details, cell: (entry) => <EntryDetails entry={entry} /> },
      ]}
    />
  );
}
