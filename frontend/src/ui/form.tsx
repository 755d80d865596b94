import type { ReactNode, SubmitEvent } from 'react';
import { Notice } from './notice.tsx';

interface FormProps {
  form: { problem: string | undefined; onSubmit: (event: SubmitEvent<HTMLFormElement>) => void };
  label?: string;
  /** Stands above what is wrong. */
  intro?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}

/** A form that says itself what is wrong with it, and does not leave it to the browser. */
export function Form({ form, label, intro, className, children }: FormProps) {
  return (
    <form noValidate className={className} aria-label={label} onSubmit={form.onSubmit}>
      {intro}
      {form.problem && <Notice tone="bad">{form.problem}</Notice>}
      {children}
    </form>
  );
}
