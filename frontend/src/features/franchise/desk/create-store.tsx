import { type SubmitEvent, useState } from 'react';
import { describeError, fieldErrorsOf } from '../../../lib/error-texts.ts';
import { useStaffTexts, useTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { useCreateStore } from './desk.api.ts';
import styles from './desk.module.css';

/** A button that becomes the form for one more store. */
export function CreateStore({ franchiseId }: { franchiseId: number }) {
  const t = useStaffTexts('franchiseDesk').create;
  const errors = useTexts('errors');
  const create = useCreateStore(franchiseId);
  const [isAsking, setIsAsking] = useState(false);
  const [hasAsked, setHasAsked] = useState(false);
  const [missing, setMissing] = useState<string>();
  if (!isAsking) {
    return (
      <div className={styles.buttons}>
        <Button
          // Back where one was before the form.
          autoFocus={hasAsked}
          onClick={() => {
            create.reset();
            setHasAsked(true);
            setIsAsking(true);
          }}
        >
          {t.open}
        </Button>
        <p role="status" className={styles.done}>
          {create.data && t.done({ name: create.data.name })}
        </p>
      </div>
    );
  }
  const close = () => {
    setMissing(undefined);
    setIsAsking(false);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    setMissing(name === '' ? t.missing : undefined);
    if (name !== '' && !create.isPending) create.mutate(name, { onSuccess: close });
  };
  const wrong = missing ?? fieldErrorsOf(create.error, errors).name;
  return (
    <form noValidate className={styles.form} aria-label={t.open} onSubmit={submit}>
      {create.error && !wrong && <Notice tone="bad">{describeError(create.error, errors)}</Notice>}
      <Field label={t.name} name="name" maxLength={100} autoComplete="off" autoFocus error={wrong} />
      <div className={styles.buttons}>
        <Button type="submit" isBusy={create.isPending}>
          {t.create}
        </Button>
        <Button look="quiet" onClick={close}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}
