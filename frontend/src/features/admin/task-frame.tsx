import { type ReactNode, useEffect, useRef } from 'react';
import { useStaffTexts } from '../../lib/texts.ts';
import type { FormState } from '../../lib/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import styles from './admin.module.css';

interface TaskFrameProps {
  title: string;
  lead?: string | undefined;
  form: FormState;
  /** Said above the fields when one of them is wrong. */
  marked?: string;
  /** What is to be known before anything, also before what went wrong. */
  intro?: ReactNode;
  submit: string;
  isDangerous?: boolean;
  onCancel: () => void;
  /** The fields, if it takes any. */
  children?: ReactNode;
}

/**
 * Stands in place of a list while something of it is worked on, to be done or left. Whoever came here by keyboard
 * begins at its title.
 */
export function TaskFrame(props: TaskFrameProps) {
  const { title, lead, form, marked, intro, submit, isDangerous, onCancel, children } = props;
  const { cancel } = useStaffTexts('admin');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const isMarked = Object.keys(form.errors).length > 0;
  const problem = form.problem ?? (isMarked ? marked : undefined);
  return (
    <section className={styles.task}>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {lead && <p className="muted">{lead}</p>}
      <Form form={{ ...form, problem }} intro={intro} className="stack">
        {children}
        <div className="cluster">
          <Button type="submit" className={isDangerous ? styles.danger : undefined} isBusy={form.isPending}>
            {submit}
          </Button>
          <Button look="quiet" onClick={onCancel}>
            {cancel}
          </Button>
        </div>
      </Form>
    </section>
  );
}
