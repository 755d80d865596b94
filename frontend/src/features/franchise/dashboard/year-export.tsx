import { useEffect, useRef, useState } from 'react';
import { saveFile } from '../../../lib/save-file.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { fetchOrdersFile } from './dashboard.api.ts';
import { type Period, partsOfYear } from './period.ts';

type State =
  | { is: 'resting' | 'stopped' | 'done' }
  | { is: 'running'; done: number; of: number }
  | { is: 'failed'; error: unknown };

const withoutHeader = (text: string): string => text.slice(text.indexOf('\n') + 1);

/** A year of orders as one file, fetched month by month, so that it shows how far it is and can be stopped. */
export function YearExport({ franchiseId, today }: { franchiseId: number; today: Period }) {
  const t = useStaffTexts('franchiseDashboard').year;
  const [state, setState] = useState<State>({ is: 'resting' });
  const stopping = useRef<AbortController>(undefined);
  // Whoever leaves the page wants no file any more.
  useEffect(() => () => stopping.current?.abort(), []);
  const start = async () => {
    const stop = new AbortController();
    stopping.current = stop;
    const wanted = partsOfYear(today);
    const parts: string[] = [];
    try {
      for (const days of wanted) {
        setState({ is: 'running', done: parts.length, of: wanted.length });
        const text = await fetchOrdersFile(franchiseId, days, stop.signal);
        parts.push(parts.length === 0 ? text : withoutHeader(text));
      }
    } catch (error) {
      setState(stop.signal.aborted ? { is: 'stopped' } : { is: 'failed', error });
      return;
    }
    const name = `franchise-${franchiseId}-orders-${wanted[0]?.from}-to-${wanted.at(-1)?.to}.csv`;
    saveFile({ name, text: parts.join(''), type: 'text/csv' });
    setState({ is: 'done' });
  };
  return (
    <div className="stack">
      <div className="cluster">
        <Button
          look="quiet"
          isBusy={state.is === 'running'}
          onClick={() => state.is !== 'running' && void start()}
        >
          {t.start}
        </Button>
        {state.is === 'running' && (
          <>
            <progress aria-label={t.progressLabel} max={state.of} value={state.done} />
            <Button look="quiet" size="small" onClick={() => stopping.current?.abort()}>
              {t.stop}
            </Button>
          </>
        )}
      </div>
      <p role="status" className="muted">
        {state.is === 'running' && <span>{t.progress({ done: state.done, of: state.of })}</span>}
        {state.is === 'stopped' && <span>{t.stopped}</span>}
        {state.is === 'done' && <span>{t.done}</span>}
      </p>
      {state.is === 'failed' && <ErrorNotice error={state.error} />}
    </div>
  );
}
