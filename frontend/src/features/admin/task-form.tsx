import type { ReactNode } from 'react';
import type { FormState } from '../../lib/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import styles from './admin.module.css';
import { TaskCard } from './task-card.tsx';

interface TaskFormProps {
  title: string;
  lead?: string | undefined;
  form: FormState;
  /** Said above the fields when one of them is wrong. */
  marked?: string;
  submit: string;
  cancel: string;
  onCancel: () => void;
  children: ReactNode;
}

/** A task that takes a form: to be saved, or left. */
export function TaskForm({ title, lead, form, marked, submit, cancel, onCancel, children }: TaskFormProps) {
  const isMarked = Object.keys(form.errors).length > 0;
  const problem = form.problem ?? (isMarked ? marked : undefined);
  return (
    <TaskCard title={title}>
      {lead && <p className={styles.muted}>{lead}</p>}
      <Form form={{ ...form, problem }} className={styles.form}>
        {children}
        <div className={styles.buttons}>
          <Button type="submit" isBusy={form.isPending}>
            {submit}
          </Button>
          <Button look="quiet" onClick={onCancel}>
            {cancel}
          </Button>
        </div>
      </Form>
    </TaskCard>
  );
}
