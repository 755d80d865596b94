import { useStaffTexts } from '../../../lib/texts.ts';
import { Button } from '../../../ui/button.tsx';
import styles from './dashboard.module.css';
import { isInterval, NEW_INTERVAL } from './hours.ts';

const MOST_INTERVALS = 6;

interface IntervalsFieldProps {
  /** What day it is, said with each of its fields. */
  day: string;
  intervals: readonly { opens: string; closes: string }[];
  /** Marks what is wrong: somebody has tried to save it. */
  isMarked: boolean;
  onChange: (intervals: { opens: string; closes: string }[]) => void;
}

/** From when to when a day is open; a list without entries is a closed day. */
export function IntervalsField({ day, intervals, isMarked, onChange }: IntervalsFieldProps) {
  const t = useStaffTexts('franchiseDashboard').hours;
  const change = (at: number, part: Partial<(typeof intervals)[number]>) =>
    onChange(intervals.map((interval, index) => (index === at ? { ...interval, ...part } : interval)));
  return (
    <div className={styles.intervals}>
      {intervals.length === 0 && <span className="muted">{t.closed}</span>}
      {intervals.map(({ opens, closes }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an interval is its place in the day
        <span key={index} className={styles.interval}>
          <input
            type="time"
            aria-label={t.opens({ day })}
            aria-invalid={(isMarked && !isInterval({ opens, closes })) || undefined}
            value={opens}
            onChange={({ target }) => change(index, { opens: target.value })}
          />
          <span aria-hidden="true">–</span>
          <input
            type="time"
            aria-label={t.closes({ day })}
            aria-invalid={(isMarked && !isInterval({ opens, closes })) || undefined}
            value={closes === '24:00' ? '00:00' : closes}
            // Midnight at the end of a day has a name of its own; that at its beginning closes nothing.
            onChange={({ target }) =>
              change(index, { closes: target.value === '00:00' ? '24:00' : target.value })
            }
          />
          <Button
            look="plain"
            size="small"
            aria-label={t.removeNamed({ day })}
            onClick={() => onChange(intervals.filter((_, other) => other !== index))}
          >
            ×
          </Button>
        </span>
      ))}
      {intervals.length < MOST_INTERVALS && (
        <Button
          look="quiet"
          size="small"
          aria-label={t.addNamed({ day })}
          onClick={() => onChange([...intervals, { ...NEW_INTERVAL }])}
        >
          {t.add}
        </Button>
      )}
    </div>
  );
}
