import { useState } from 'react';
import type { Franchise } from '#contract/franchises.ts';
import { changedFields, hasFields } from '../../../lib/changed-fields.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { useForm } from '../../../lib/use-form.ts';
import { Field } from '../../../ui/field.tsx';
import { TaskFrame } from '../task-frame.tsx';
import { type FranchiseInput, useSaveFranchise } from './franchises.api.ts';
import { emailField, PeopleFields } from './people-fields.tsx';

interface FranchiseFormProps {
  /** The one to edit; a new one is made without. */
  franchise?: Franchise;
  onSaved: (franchise: Franchise) => void;
  onCancel: () => void;
}

/** Creates a franchise with those who run it, or changes both. */
export function FranchiseForm({ franchise, onSaved, onCancel }: FranchiseFormProps) {
  const t = useStaffTexts('adminFranchises');
  const save = useSaveFranchise(franchise?.id);
  const [known, setEmails] = useState(franchise?.admins?.map(({ email }) => email) ?? []);
  // There is always one to fill in.
  const emails = known.length > 0 ? known : [''];
  const emailFields = emails.map((_, index) => emailField(index));
  const form = useForm<string>({
    fields: ['name', ...emailFields],
    change: save,
    required: {
      name: t.form.missing.name,
      ...Object.fromEntries(emailFields.map((field) => [field, t.form.missing.email])),
    },
    onSubmit: ({ name = '' }) => {
      const typed = { name: name.trim(), admins: emails.map((email) => ({ email: email.trim() })) };
      if (!franchise) return save.mutate(typed, { onSuccess: onSaved });
      const admins = (franchise.admins ?? []).map(({ email }) => ({ email }));
      const change = changedFields<FranchiseInput>({ name: franchise.name, admins }, typed);
      if (hasFields(change)) save.mutate(change, { onSuccess: onSaved });
      else onSaved(franchise);
    },
  });
  return (
    <TaskFrame
      title={franchise ? t.form.editTitle({ name: franchise.name }) : t.form.createTitle}
      lead={franchise ? t.form.editLead : t.form.createLead}
      form={form}
      marked={t.form.marked}
      submit={franchise ? t.form.save : t.form.create}
      onCancel={onCancel}
    >
      <Field
        label={t.form.name}
        name="name"
        defaultValue={franchise?.name}
        error={form.errors.name}
        autoComplete="off"
      />
      <PeopleFields
        emails={emails}
        onChange={(next) => {
          setEmails(next);
          // Marks go by the place in the list, which is another one now.
          if (next.length !== emails.length) form.clear();
        }}
        errors={form.errors}
      />
    </TaskFrame>
  );
}
