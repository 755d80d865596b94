import { hasCode } from '../../lib/api-error.ts';
import { formatDuration } from '../../lib/duration.ts';
import { useLanguage, useStaffTexts } from '../../lib/texts.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LoadError } from '../../ui/load-error.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeletons } from '../../ui/skeleton.tsx';
import styles from './drill.module.css';
import { DrillForm } from './drill-form.tsx';
import { DrillRuns } from './drill-runs.tsx';
import { type DrillRun, DrillScore } from './drill-score.tsx';
import { useDrill, useStartDrill, useStopDrill } from './operations.api.ts';

const TICK_MS = 1_000;

/** The fire drill: break the factory, watch, and see where this run stands among the real outages. */
export function Drill() {
  const t = useStaffTexts('drill');
  const drill = useDrill();
  if (drill.isError && !drill.data) return <LoadError query={drill} />;
  if (!drill.data) return <Skeletons count={1} label={t.loading} height="14rem" />;
  const { isPlayable, runs, outages } = drill.data;
  const [last] = runs;
  return (
    <div className={styles.drill}>
      {isPlayable ? <DrillControls last={last} /> : <Notice>{t.notHere}</Notice>}
      <DrillScore run={last} outages={outages} />
      {runs.length > 1 && <DrillRuns runs={runs} />}
    </div>
  );
}

function DrillControls({ last }: { last: DrillRun | undefined }) {
  const t = useStaffTexts('drill');
  const start = useStartDrill();
  const stop = useStopDrill();
  const isRunning = last !== undefined && last.endedAt === null;
  const problem = start.error ?? stop.error;
  return (
    <div className="stack panel">
      {isRunning ? (
        <Running run={last} isBusy={stop.isPending} onStop={() => stop.mutate()} />
      ) : (
        <DrillForm isBusy={start.isPending} problem={start.error} onStart={(input) => start.mutate(input)} />
      )}
      {hasCode(problem, 'state_conflict') && <Notice tone="warm">{t.conflict}</Notice>}
      {problem && !hasCode(problem, 'state_conflict') && !hasCode(problem, 'invalid_input') && (
        <ErrorNotice error={problem} />
      )}
      {stop.data && !isRunning && !start.error && <Notice tone="good">{t.stopped}</Notice>}
    </div>
  );
}

function Running({ run, isBusy, onStop }: { run: DrillRun; isBusy: boolean; onStop: () => void }) {
  const t = useStaffTexts('drill');
  const { locale } = useLanguage();
  const now = useNow(TICK_MS);
  const [startedAt, endsAt] = [Date.parse(run.startedAt), Date.parse(run.endsAt)];
  const left = Math.max(0, endsAt - now);
  const sentence = t.running({
    what: t.modes[run.mode],
    duration: formatDuration(Math.ceil(left / TICK_MS) * TICK_MS, locale),
  });
  return (
    <div className={styles.running}>
      <p className={styles.fire}>{sentence}</p>
      <progress max={endsAt - startedAt} value={Math.min(endsAt, now) - startedAt} aria-label={t.title} />
      <Button look="quiet" isBusy={isBusy} onClick={() => !isBusy && onStop()}>
        {t.stop}
      </Button>
    </div>
  );
}
