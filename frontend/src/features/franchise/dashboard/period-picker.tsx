import { useStaffTexts } from '../../../lib/texts.ts';
import { Field } from '../../../ui/field.tsx';
import { SelectField } from '../../../ui/select-field.tsx';
import styles from './dashboard.module.css';
import { PERIODS, type Period, type PeriodName } from './period.ts';

interface PeriodPickerProps {
  name: PeriodName;
  period: Period;
  /** The last day there can be. */
  latest: string;
  onName: (name: PeriodName) => void;
  onPeriod: (period: Period) => void;
}

/** Which days the figures are of. */
export function PeriodPicker({ name, period, latest, onName, onPeriod }: PeriodPickerProps) {
  const t = useStaffTexts('franchiseDashboard').period;
  return (
    <div className={styles.filters}>
      <SelectField
        label={t.label}
        value={name}
        options={PERIODS.map((value) => ({ value, name: t.names[value] }))}
        onChange={(event) => onName(event.target.value as PeriodName)}
      />
      {name === 'own' && (
        <>
          <Field
            label={t.from}
            type="date"
            max={period.to}
            value={period.from}
            onChange={({ target }) => target.value && onPeriod({ ...period, from: target.value })}
          />
          <Field
            label={t.to}
            type="date"
            min={period.from}
            max={latest}
            value={period.to}
            onChange={({ target }) => target.value && onPeriod({ ...period, to: target.value })}
          />
        </>
      )}
    </div>
  );
}
