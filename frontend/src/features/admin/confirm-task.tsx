import { hasCode } from '../../lib/api-error.ts';
import { describeError } from '../../lib/error-texts.ts';
import { useStaffTexts, useTexts } from '../../lib/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './admin.module.css';
import { TaskCard } from './task-card.tsx';

interface ConfirmTaskProps {
  title: string;
  /** What comes of it, a sentence each. */
  consequences: readonly string[];
  confirm: string;
  cancel: string;
  change: { error: unknown; isPending: boolean };
  /** What a conflict with the present state means here. */
  conflict?: string;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks once more, and says what comes of it. */
export function ConfirmTask(props: ConfirmTaskProps) {
  const { title, consequences, confirm, cancel, change, conflict, onConfirm, onCancel } = props;
  const errors = useTexts('errors');
  const { stale } = useStaffTexts('admin');
  const { error, isPending } = change;
  const isConflict = conflict !== undefined && hasCode(error, 'state_conflict');
  const isGone = hasCode(error, 'not_found');
  const problem = isConflict ? conflict : isGone ? stale : error ? describeError(error, errors) : undefined;
  return (
    <TaskCard title={title}>
      <ul className={styles.consequences}>
        {consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <div className={styles.buttons}>
        <Button className={styles.danger} isBusy={isPending} onClick={() => isPending || onConfirm()}>
          {confirm}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {cancel}
        </Button>
      </div>
    </TaskCard>
  );
}
