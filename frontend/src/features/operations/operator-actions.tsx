import { useStaffTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { outcomeTone, outcomeWords } from './machine-words.ts';
import { useHold, useProbe } from './operations.api.ts';
import styles from './operations.module.css';

/** Asks the factories how they are, holds all orders, and lets them go on. */
export function OperatorActions({ isHeld }: { isHeld: boolean }) {
  const t = useStaffTexts('operations');
  const probe = useProbe();
  const hold = useHold();
  const problem = probe.error ?? hold.error;
  const input = isHeld ? 'resume' : 'hold';
  return (
    <section className={styles.actions} aria-label={t.actions.title}>
      <Button look="quiet" isBusy={probe.isPending} onClick={() => !probe.isPending && probe.mutate()}>
        {t.actions.probe}
      </Button>
      <ConfirmButton
        key={input}
        look={isHeld ? 'main' : 'quiet'}
        question={isHeld ? t.actions.resumeQuestion : t.actions.holdQuestion}
        texts={t}
        isBusy={hold.isPending}
        onConfirm={() => hold.mutate(input)}
      >
        {t.actions[input]}
      </ConfirmButton>
      {probe.data?.probes.map(({ factory, outcome }) => (
        <Notice key={factory} tone={outcomeTone(outcome) === 'good' ? 'good' : 'warm'}>
          {t.actions.probed({ outcome: outcomeWords(outcome, t) })}
        </Notice>
      ))}
      <ErrorNotice error={problem} />
    </section>
  );
}
