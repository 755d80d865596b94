import { useState } from 'react';
import type { AuditAction, AuditSubject } from '#contract/operations.ts';
import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import { ActorField } from './actor-field.tsx';
import type { AuditFilter } from './audit.api.ts';
import styles from './audit.module.css';

const LARGEST_ID = 2_147_483_647;

// Without it a year may have six digits, which no date of ours has.
const LAST_DAY = '9999-12-31';

/** A period that would end before it begins is open at its other end. */
const daysFrom = (day: string, toDay: string | undefined) => ({
  fromDay: day || undefined,
  toDay: toDay !== undefined && day > toDay ? undefined : toDay,
});
const daysTo = (day: string, fromDay: string | undefined) => ({
  fromDay: fromDay !== undefined && day !== '' && day < fromDay ? undefined : fromDay,
  toDay: day || undefined,
});

function idOf(typed: string): number | undefined {
  const id = Number(typed);
  return Number.isInteger(id) && id >= 1 && id <= LARGEST_ID ? id : undefined;
}

interface AuditFiltersProps {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

const optionsOf = (any: string, names: Record<string, string>) => [
  { value: '', name: any },
  ...Object.entries(names).map(([value, name]) => ({ value, name })),
];

/** By whom, what, about what, when: each narrows what is shown. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const { filter: t, actions, subjects } = useStaffTexts('adminAudit');
  // Cleared from outside, what was typed in the field goes, too.
  const [round, setRound] = useState(0);
  const clear = () => {
    setRound(round + 1);
    onChange({});
  };
  const isFiltered = Object.values(filter).some((part) => part !== undefined);
  return (
    <search aria-label={t.label} className={styles.filters}>
      <ActorField
        key={round}
        actorId={filter.actorId}
        onChange={(actorId) => onChange({ ...filter, actorId })}
      />
      <SelectField
        label={t.action}
        value={filter.action ?? ''}
        onChange={(event) =>
          onChange({ ...filter, action: (event.target.value || undefined) as AuditAction | undefined })
        }
        options={optionsOf(t.anyAction, actions)}
      />
      <SelectField
        label={t.subject}
        value={filter.subjectType ?? ''}
        onChange={(event) => {
          const subjectType = (event.target.value || undefined) as AuditSubject | undefined;
          onChange({ ...filter, subjectType, subjectId: subjectType && filter.subjectId });
        }}
        options={optionsOf(t.anySubject, subjects)}
      />
      {filter.subjectType !== undefined && (
        <Field
          label={t.number}
          inputMode="numeric"
          value={filter.subjectId ?? ''}
          onChange={(event) => onChange({ ...filter, subjectId: idOf(event.target.value) })}
        />
      )}
      <Field
        label={t.from}
        type="date"
        max={LAST_DAY}
        value={filter.fromDay ?? ''}
        onChange={(event) => onChange({ ...filter, ...daysFrom(event.target.value, filter.toDay) })}
      />
      <Field
        label={t.to}
        type="date"
        max={LAST_DAY}
        value={filter.toDay ?? ''}
        onChange={(event) => onChange({ ...filter, ...daysTo(event.target.value, filter.fromDay) })}
      />
      {isFiltered && (
        <Button look="plain" className={styles.clear} onClick={clear}>
          {t.clear}
        </Button>
      )}
    </search>
  );
}
