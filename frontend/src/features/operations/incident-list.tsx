import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EndpointResult } from '#contract/endpoint.ts';
import type { EndpointOf } from '#contract/endpoints.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ListFrame } from '../../ui/list-frame.tsx';
import { IncidentView } from './incident-view.tsx';
import { useIncidents } from './operations.api.ts';

type Incident = EndpointResult<EndpointOf<'GET /api/operations/incidents'>>['incidents'][number];

const between = (from: string, to: string) => Math.max(0, Date.parse(to) - Date.parse(from));

/** All outages on record, newest first; one of them can be opened, and the address then names it. */
export function IncidentList() {
  const t = useStaffTexts('incidents');
  const [search, setSearch] = useSearchParams();
  const [page, setPage] = useState(1);
  const incidents = useIncidents(page);
  const shown = Number(search.get('incident')) || undefined;
  const show = (id: number | undefined) => setSearch(id ? { incident: String(id) } : {}, { replace: true });
  return (
    <ListFrame
      query={incidents}
      isLive
      loading={t.loading}
      empty={t.none}
      emptyTone="good"
      isEmpty={(found) => found.incidents.length === 0}
      pager={{ page, hasNext: incidents.data?.more ?? false, onTurn: setPage }}
      bottom={
        shown !== undefined && <IncidentView key={shown} incidentId={shown} onClose={() => show(undefined)} />
      }
    >
      {(found) => <IncidentTable incidents={found.incidents} onShow={show} />}
    </ListFrame>
  );
}

interface IncidentTableProps {
  incidents: readonly Incident[];
  onShow: (incidentId: number) => void;
}

function IncidentTable({ incidents, onShow }: IncidentTableProps) {
  const t = useStaffTexts('incidents');
  const { locale } = useLanguage();
  return (
    <DataTable
      label={t.title}
      rows={incidents}
      keyOf={({ id }) => id}
      columns={[
        { title: t.which, cell: ({ id }) => t.name({ id }) },
        { title: t.mode, cell: ({ mode }) => t.modes[mode] },
        { title: t.started, cell: ({ startedAt }) => formatDateTime(startedAt, locale) },
        {
          title: t.detected,
          isNumber: true,
          cell: ({ startedAt, detectedAt }) => formatDuration(between(startedAt, detectedAt), locale),
        },
        {
          title: t.restored,
          isNumber: true,
          cell: ({ startedAt, restoredAt }) =>
            restoredAt ? formatDuration(between(startedAt, restoredAt), locale) : t.notYet,
        },
        { title: t.orders, isNumber: true, cell: ({ ordersDelayed }) => ordersDelayed },
        { title: t.failed, isNumber: true, cell: ({ ordersFailed }) => ordersFailed },
        {
          title: t.state,
          cell: ({ state }) => <Chip tone={state === 'open' ? 'bad' : 'good'}>{t[state]}</Chip>,
        },
        {
          title: t.actions,
          cell: ({ id }) => (
            <Button size="small" look="quiet" aria-label={t.showNumber({ id })} onClick={() => onShow(id)}>
              {t.show}
            </Button>
          ),
        },
      ]}
    />
  );
}
