import { type SubmitEvent, useState } from 'react';
import type { Franchise } from '#contract/franchises.ts';
import { describeError, fieldErrorsOf } from '../../../lib/error-texts.ts';
import { useStaffTexts, useTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import styles from '../admin.module.css';
import { TaskCard } from '../task-card.tsx';
import { useSaveFranchise } from './franchises.api.ts';
import { PeopleFields } from './people-fields.tsx';

interface FranchiseFormProps {
  /** The one to edit; a new one is made without. */
  franchise?: Franchise;
  onSaved: (franchise: Franchise) => void;
  onCancel: () => void;
}

/** Creates a franchise with those who run it, or changes both. */
export function FranchiseForm({ franchise, onSaved, onCancel }: FranchiseFormProps) {
  const t = useStaffTexts('adminFranchises');
  const errors = useTexts('errors');
  const save = useSaveFranchise(franchise?.id);
  const [name, setName] = useState(franchise?.name ?? '');
  const [emails, setEmails] = useState(franchise?.admins?.map(({ email }) => email) ?? []);
  const [missing, setMissing] = useState<Partial<Record<string, string>>>({});
  // There is always one to fill in.
  const shown = emails.length > 0 ? emails : [''];
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const empty = {
      ...(name.trim() === '' && { name: t.form.missing.name }),
      ...Object.fromEntries(
        shown.flatMap((email, index) =>
          email.trim() === '' ? [[`admins.${index}.email`, t.form.missing.email]] : [],
        ),
      ),
    };
    setMissing(empty);
    if (Object.keys(empty).length > 0 || save.isPending) return;
    save.mutate(
      { name: name.trim(), admins: shown.map((email) => ({ email: email.trim() })) },
      { onSuccess: onSaved },
    );
  };
  const fieldErrors = { ...fieldErrorsOf(save.error, errors), ...missing };
  const isMarked = Object.keys(fieldErrors).length > 0;
  const problem = isMarked ? t.form.marked : save.error && describeError(save.error, errors);
  return (
    <TaskCard title={franchise ? t.form.editTitle({ name: franchise.name }) : t.form.createTitle}>
      <p className={styles.muted}>{franchise ? t.form.editLead : t.form.createLead}</p>
      <form noValidate className={styles.form} onSubmit={submit}>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <Field
          label={t.form.name}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={fieldErrors.name}
          autoComplete="off"
        />
        <PeopleFields
          emails={shown}
          onChange={(next) => {
            setEmails(next);
            // Marks go by the place in the list, which is another one now.
            if (next.length !== shown.length) {
              setMissing({});
              save.reset();
            }
          }}
          errors={fieldErrors}
        />
        <div className={styles.buttons}>
          <Button type="submit" isBusy={save.isPending}>
            {franchise ? t.form.save : t.form.create}
          </Button>
          <Button look="quiet" onClick={onCancel}>
            {t.cancel}
          </Button>
        </div>
      </form>
    </TaskCard>
  );
}
