import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { ListFrame } from '../../../ui/list-frame.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { type Mode, useFigureStores } from './figures.api.ts';
import figuresStyles from './figures.module.css';
import { RecomputeState } from './recompute-state.tsx';
import { useRecompute } from './use-recompute.ts';

const MODES: readonly Mode[] = ['check', 'rebuild'];

/** Adds up the figures again, and shows which of them differ. */
export function FiguresAdmin() {
  const t = useStaffTexts('adminFigures');
  const figures = useFigureStores();
  const recompute = useRecompute();
  const { progress } = recompute;
  const isRunning = progress?.state === 'running';
  const other = isRunning ? null : figures.data?.running;
  return (
    <ListFrame
      query={figures}
      loading={t.loading}
      empty={t.fine({ stores: 0 })}
      isEmpty={() => false}
      bottom={
        <>
          {!progress && other && <Notice tone="warm">{t.busy({ name: other.by.name })}</Notice>}
          {progress && (
            <>
              <RecomputeState progress={progress} onStop={recompute.stop} onGoOn={recompute.goOn} />
              {progress.differences.length > 0 && <DifferenceTable progress={progress} />}
            </>
          )}
        </>
      }
    >
      {({ stores }) => (
        <div className={figuresStyles.modes}>
          {MODES.map((mode) => (
            <div key={mode} className={figuresStyles.mode}>
              <Button
                look={mode === 'check' ? 'main' : 'quiet'}
                disabled={isRunning}
                onClick={() => recompute.start(mode, stores)}
              >
                {t[mode]}
              </Button>
              <p className="muted">{mode === 'check' ? t.checkLead : t.rebuildLead}</p>
            </div>
          ))}
        </div>
      )}
    </ListFrame>
  );
}
