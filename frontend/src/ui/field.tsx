import { type InputHTMLAttributes, useId } from 'react';
import { classNames } from '../lib/class-names.ts';
import styles from './field.module.css';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A labelled input that says what is wrong with it. */
export function Field({ label, hint, error, className, ...input }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className={classNames(styles.field, className)}>
      <label htmlFor={id}>{label}</label>
      <input
        // Never seen, for the label says it; people's tests look fields up by it.
        placeholder={label}
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? noteId : undefined}
      />
      {(error || hint) && (
        <p id={noteId} className={error ? styles.error : 'small'}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
