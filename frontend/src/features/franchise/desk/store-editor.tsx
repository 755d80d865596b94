import { type SubmitEvent, useState } from 'react';
import type { StoreSettings } from '#contract/franchise-desk.ts';
import { describeError, fieldErrorsOf } from '../../../lib/error-texts.ts';
import { useStaffTexts, useTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { useChangeStore } from './desk.api.ts';
import styles from './desk.module.css';
import { areComplete, fromEdited, toEdited } from './hours.ts';
import { HoursEditor } from './hours-editor.tsx';

const TIME_ZONES = Intl.supportedValuesOf('timeZone');

interface StoreEditorProps {
  franchiseId: number;
  store: StoreSettings;
  onDone: () => void;
}

/** Name, time zone and opening hours of a store. */
export function StoreEditor({ franchiseId, store, onDone }: StoreEditorProps) {
  const { edit: t, create } = useStaffTexts('franchiseDesk');
  const errors = useTexts('errors');
  const change = useChangeStore(franchiseId, store.id);
  const [isAlwaysOpen, setIsAlwaysOpen] = useState(store.openingHours === null);
  const [hours, setHours] = useState(() => toEdited(store.openingHours));
  const [wrong, setWrong] = useState<{ name?: string; hours?: string }>({});
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const name = String(typed.get('name') ?? '').trim();
    const found = {
      ...(name === '' && { name: create.missing }),
      ...(!isAlwaysOpen && !areComplete(hours) && { hours: t.incomplete }),
    };
    setWrong(found);
    if (Object.keys(found).length > 0 || change.isPending) return;
    const body = {
      name,
      timeZone: String(typed.get('timeZone') ?? '').trim(),
      openingHours: isAlwaysOpen ? null : fromEdited(hours),
    };
    change.mutate(body, { onSuccess: onDone });
  };
  const fieldErrors = fieldErrorsOf(change.error, errors);
  const isMarked = fieldErrors.name !== undefined || fieldErrors.timeZone !== undefined;
  const problem = wrong.hours ?? (change.error && !isMarked && describeError(change.error, errors));
  return (
    <form noValidate className={styles.form} aria-label={t.title({ name: store.name })} onSubmit={submit}>
      <h3>{t.title({ name: store.name })}</h3>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <Field
        label={create.name}
        name="name"
        maxLength={100}
        autoComplete="off"
        autoFocus
        defaultValue={store.name}
        error={wrong.name ?? fieldErrors.name}
      />
      <SuggestField
        label={t.timeZone}
        name="timeZone"
        suggestions={TIME_ZONES}
        defaultValue={store.timeZone}
        error={fieldErrors.timeZone}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={isAlwaysOpen}
          onChange={({ target }) => setIsAlwaysOpen(target.checked)}
        />
        {t.alwaysOpen}
      </label>
      {!isAlwaysOpen && (
        <HoursEditor hours={hours} isMarked={wrong.hours !== undefined} onChange={setHours} />
      )}
      <div className={styles.buttons}>
        <Button type="submit" isBusy={change.isPending}>
          {t.save}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {create.cancel}
        </Button>
      </div>
    </form>
  );
}
