import { useState } from 'react';
import type { StoreSettings } from '#contract/franchise-dashboard.ts';
import { changedFields, hasFields } from '../../../lib/changed-fields.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { useForm } from '../../../lib/use-form.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { useChangeStore } from './dashboard.api.ts';
import styles from './dashboard.module.css';
import { areComplete, fromEdited, toEdited } from './hours.ts';
import { HoursEditor } from './hours-editor.tsx';

const TIME_ZONES = Intl.supportedValuesOf('timeZone');

interface StoreEditorProps {
  franchiseId: number;
  store: StoreSettings;
  onDone: () => void;
}

type StoreFields = Pick<StoreSettings, 'name' | 'timeZone' | 'openingHours'>;

/** Hours as the editor would write them down without a change. */
const fieldsOf = ({ name, timeZone, openingHours }: StoreFields): StoreFields => ({
  name,
  timeZone,
  openingHours: openingHours && fromEdited(toEdited(openingHours)),
});

/** Name, time zone and opening hours of a store. */
export function StoreEditor({ franchiseId, store, onDone }: StoreEditorProps) {
  const { edit: t, create } = useStaffTexts('franchiseDashboard');
  const change = useChangeStore(franchiseId, store.id);
  const [isAlwaysOpen, setIsAlwaysOpen] = useState(store.openingHours === null);
  // As it was when the form was filled: the store is read anew while somebody types.
  const [before] = useState(() => fieldsOf(store));
  const [hours, setHours] = useState(() => toEdited(store.openingHours));
  const form = useForm({
    fields: ['name', 'timeZone'],
    change,
    required: { name: create.missing },
    check: () => ({ form: !isAlwaysOpen && !areComplete(hours) && t.incomplete }),
    onSubmit: ({ name, timeZone }) => {
      const openingHours = isAlwaysOpen ? null : fromEdited(hours);
      const typed: StoreFields = { name: name.trim(), timeZone: timeZone.trim(), openingHours };
      const changed = changedFields(before, typed);
      if (hasFields(changed)) change.mutate(changed, { onSuccess: onDone });
      else onDone();
    },
  });
  const title = t.title({ name: store.name });
  return (
    <Form form={form} label={title} intro={<h3>{title}</h3>} className={styles.form}>
      <Field
        label={create.name}
        name="name"
        maxLength={100}
        autoComplete="off"
        autoFocus
        defaultValue={store.name}
        error={form.errors.name}
      />
      <SuggestField
        label={t.timeZone}
        name="timeZone"
        suggestions={TIME_ZONES}
        defaultValue={store.timeZone}
        error={form.errors.timeZone}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={isAlwaysOpen}
          onChange={({ target }) => setIsAlwaysOpen(target.checked)}
        />
        <span>{t.alwaysOpen}</span>
      </label>
      {!isAlwaysOpen && (
        <HoursEditor
          timeZone={store.timeZone}
          hours={hours}
          isMarked={form.errors.form !== undefined}
          onChange={setHours}
        />
      )}
      <div className="cluster">
        <Button type="submit" isBusy={form.isPending}>
          {t.save}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {create.cancel}
        </Button>
      </div>
    </Form>
  );
}
