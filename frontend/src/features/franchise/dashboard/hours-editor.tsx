import { useLanguage, useStaffTexts } from '../../../lib/texts.ts';
import { zoneName } from '../../../lib/zoned-time.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import styles from './dashboard.module.css';
import { type EditedHours, isOwnDay, WEEKDAYS, type Weekday } from './hours.ts';
import { IntervalsField } from './intervals-field.tsx';

// 1970-01-04 was a Sunday.
const FIRST_SUNDAY = Date.UTC(1970, 0, 4);
const DAY_MS = 86_400_000;

function weekdayName(day: Weekday, locale: string): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return name.format(FIRST_SUNDAY + Number(day) * DAY_MS);
}

interface HoursEditorProps {
  /** By whose clock they are. */
  timeZone: string;
  hours: EditedHours;
  isMarked: boolean;
  onChange: (hours: EditedHours) => void;
}

/** The hours of a week, and the days that differ. */
export function HoursEditor({ timeZone, hours, isMarked, onChange }: HoursEditorProps) {
  const t = useStaffTexts('franchiseDashboard').hours;
  const { locale } = useLanguage();
  const { weekdays, exceptions } = hours;
  const changeException = (at: number, part: Partial<(typeof exceptions)[number]>) =>
    onChange({
      ...hours,
      exceptions: exceptions.map((one, index) => (index === at ? { ...one, ...part } : one)),
    });
  return (
    <fieldset className={styles.hours}>
      <legend>{t.title}</legend>
      <p className="muted">{t.hint({ zone: zoneName(timeZone, locale) })}</p>
      <dl className={styles.week}>
        {WEEKDAYS.map((day) => (
          <div key={day}>
            <dt>{weekdayName(day, locale)}</dt>
            <dd>
              <IntervalsField
                day={weekdayName(day, locale)}
                intervals={weekdays[day]}
                isMarked={isMarked}
                onChange={(intervals) => onChange({ ...hours, weekdays: { ...weekdays, [day]: intervals } })}
              />
            </dd>
          </div>
        ))}
      </dl>
      <h4>{t.exceptions}</h4>
      {exceptions.map(({ date, intervals }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its day is being edited, so only its place stays
        <div key={index} className={styles.exception}>
          <Field
            label={t.exceptionDay}
            type="date"
            value={date}
            error={isMarked && !isOwnDay(exceptions, index) ? t.wrongDay : undefined}
            onChange={({ target }) => changeException(index, { date: target.value })}
          />
          <IntervalsField
            day={date || t.exceptionDay}
            intervals={intervals}
            isMarked={isMarked}
            onChange={(next) => changeException(index, { intervals: next })}
          />
          <Button
            look="plain"
            size="small"
            onClick={() =>
              onChange({ ...hours, exceptions: exceptions.filter((_, other) => other !== index) })
            }
          >
            {t.removeException}
          </Button>
        </div>
      ))}
      <Button
        look="quiet"
        size="small"
        className="start"
        onClick={() => onChange({ ...hours, exceptions: [...exceptions, { date: '', intervals: [] }] })}
      >
        {t.addException}
      </Button>
    </fieldset>
  );
}
