import { useStaffTexts } from '../../lib/texts.ts';
import { type FormChange, useForm } from '../../lib/use-form.ts';
import styles from './admin.module.css';
import { TaskFrame } from './task-frame.tsx';

interface ConfirmTaskProps {
  title: string;
  /** What comes of it, a sentence each. */
  consequences: readonly string[];
  confirm: string;
  change: FormChange & { mutate: (input: undefined, options: { onSuccess: () => void }) => void };
  /** What a conflict with the present state means here. */
  conflict?: string;
  onDone: () => void;
  onCancel: () => void;
}

/** Asks once more, and says what comes of it. */
export function ConfirmTask(props: ConfirmTaskProps) {
  const { title, consequences, confirm, change, conflict, onDone, onCancel } = props;
  const { stale } = useStaffTexts('admin');
  const form = useForm({
    fields: [],
    change,
    refusals: { not_found: { form: stale }, state_conflict: { form: conflict } },
    onSubmit: () => change.mutate(undefined, { onSuccess: onDone }),
  });
  const intro = (
    <ul className={styles.consequences}>
      {consequences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
  return (
    <TaskFrame title={title} intro={intro} form={form} submit={confirm} isDangerous onCancel={onCancel} />
  );
}
