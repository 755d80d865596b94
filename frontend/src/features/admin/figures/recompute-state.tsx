import { hasCode } from '../../../lib/api-error.ts';
import { describeError } from '../../../lib/error-texts.ts';
import { useStaffTexts, useTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import figuresStyles from './figures.module.css';
import type { Progress } from './use-recompute.ts';

interface RecomputeStateProps {
  progress: Progress;
  onStop: () => void;
  onGoOn: () => void;
}

/** How far it is, or what came of it. */
export function RecomputeState({ progress, onStop, onGoOn }: RecomputeStateProps) {
  const t = useStaffTexts('adminFigures');
  const { state, done, stores, isConnectionLost } = progress;
  const total = stores.length;
  if (state === 'running') {
    return (
      <div className={figuresStyles.progress}>
        <progress aria-label={t.progress} max={total} value={done} />
        <div className={figuresStyles.row}>
          {/* Not a live region: it would be read out without an end. What comes of it is. */}
          <span>{t.running({ done, total })}</span>
          <Button look="quiet" size="small" onClick={onStop}>
            {t.stop}
          </Button>
        </div>
        {isConnectionLost && <Notice tone="warm">{t.lost}</Notice>}
      </div>
    );
  }
  return (
    <>
      {state !== 'over' && <Interrupted progress={progress} onGoOn={onGoOn} />}
      {(state === 'over' || progress.count > 0) && <Outcome progress={progress} />}
    </>
  );
}

function Interrupted({ progress, onGoOn }: { progress: Progress; onGoOn: () => void }) {
  const t = useStaffTexts('adminFigures');
  const errors = useTexts('errors');
  const { state, done, stores, error } = progress;
  const refusal = hasCode(error, 'state_conflict') ? t.busySomebody : describeError(error, errors);
  return (
    <Notice
      tone={state === 'failed' ? 'bad' : 'warm'}
      action={
        <Button look="quiet" onClick={onGoOn}>
          {t.again}
        </Button>
      }
    >
      {state === 'failed' ? refusal : t.stopped({ done, total: stores.length })}
    </Notice>
  );
}

function Outcome({ progress }: { progress: Progress }) {
  const t = useStaffTexts('adminFigures');
  const { mode, count, storesDiffering, done } = progress;
  if (count === 0) return <Notice tone="good">{t.fine({ stores: done })}</Notice>;
  const sum = { count, stores: storesDiffering };
  return mode === 'check' ? (
    <Notice tone="warm">{t.differing(sum)}</Notice>
  ) : (
    <Notice tone="good">{t.corrected(sum)}</Notice>
  );
}
