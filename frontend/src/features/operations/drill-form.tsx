import { useState } from 'react';
import type { DRILL_MODES } from '#contract/drill.ts';
import { fieldErrorsOf } from '../../lib/error-texts.ts';
import { useStaffTexts, useTexts } from '../../lib/texts.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './drill.module.css';
import type { DrillInput } from './operations.api.ts';

type Mode = (typeof DRILL_MODES)[number];
const USUAL_SECONDS = '60';
const BOUNDS = { least: 5, most: 300 };

interface DrillFormProps {
  isBusy: boolean;
  problem: unknown;
  onStart: (input: DrillInput) => void;
}

/** Which fault, and for how long at most. */
export function DrillForm({ isBusy, problem, onStart }: DrillFormProps) {
  const t = useStaffTexts('drill');
  const texts = useStaffTexts('operations');
  const errors = useTexts('errors');
  const [mode, setMode] = useState<Mode>('fail');
  const [seconds, setSeconds] = useState(USUAL_SECONDS);
  const [isWrong, setIsWrong] = useState(false);
  const modes = Object.keys(t.modes) as Mode[];
  const begin = () => {
    const count = Number(seconds);
    const isRight = Number.isInteger(count) && count >= BOUNDS.least && count <= BOUNDS.most;
    setIsWrong(!isRight);
    if (isRight) onStart({ mode, seconds: count });
  };
  return (
    <form
      noValidate
      className={styles.form}
      aria-label={t.title}
      onSubmit={(event) => event.preventDefault()}
    >
      <fieldset className={styles.modes}>
        <legend>{t.mode}</legend>
        {modes.map((name) => (
          <label key={name} className={styles.mode}>
            <input
              type="radio"
              name="mode"
              value={name}
              checked={mode === name}
              onChange={() => setMode(name)}
            />
            <span className={styles.modeName}>{name}</span>
            <span>{t.modes[name]}</span>
          </label>
        ))}
      </fieldset>
      <Field
        label={t.seconds}
        name="seconds"
        inputMode="numeric"
        value={seconds}
        hint={t.secondsHint}
        error={isWrong ? t.secondsWrong : fieldErrorsOf(problem, errors).seconds}
        className={styles.seconds}
        onChange={({ target }) => setSeconds(target.value)}
      />
      <ConfirmButton look="main" question={t.question} texts={texts} isBusy={isBusy} onConfirm={begin}>
        {t.start}
      </ConfirmButton>
    </form>
  );
}
