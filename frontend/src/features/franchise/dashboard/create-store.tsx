import { useState } from 'react';
import { useStaffTexts } from '../../../lib/texts.ts';
import { useForm } from '../../../lib/use-form.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { useCreateStore } from './dashboard.api.ts';
import styles from './dashboard.module.css';

/** A button that becomes the form for one more store. */
export function CreateStore({ franchiseId }: { franchiseId: number }) {
  const t = useStaffTexts('franchiseDashboard').create;
  const create = useCreateStore(franchiseId);
  const [isAsking, setIsAsking] = useState(false);
  const [hasAsked, setHasAsked] = useState(false);
  const close = () => setIsAsking(false);
  const form = useForm({
    fields: ['name'],
    change: create,
    required: { name: t.missing },
    onSubmit: ({ name }) => create.mutate(name.trim(), { onSuccess: close }),
  });
  if (!isAsking) {
    return (
      <div className="cluster">
        <Button
          // Back where one was before the form.
          autoFocus={hasAsked}
          onClick={() => {
            form.clear();
            setHasAsked(true);
            setIsAsking(true);
          }}
        >
          {t.open}
        </Button>
        <p role="status" className="done">
          {create.data && t.done({ name: create.data.name })}
        </p>
      </div>
    );
  }
  return (
    <Form form={form} label={t.open} className={styles.form}>
      <Field
        label={t.name}
        name="name"
        maxLength={100}
        autoComplete="off"
        autoFocus
        error={form.errors.name}
      />
      <div className="cluster">
        <Button type="submit" isBusy={form.isPending}>
          {t.create}
        </Button>
        <Button look="quiet" onClick={close}>
          {t.cancel}
        </Button>
      </div>
    </Form>
  );
}
