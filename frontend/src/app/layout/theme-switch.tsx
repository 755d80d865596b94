import { useEffect, useState } from 'react';
import { useTexts } from '../../lib/texts.ts';
import { applyTheme, keepThemeChoice, readThemeChoice, type ThemeChoice } from '../../lib/theme.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import styles from './theme-switch.module.css';

const icons: Record<ThemeChoice, IconName> = { system: 'screen', light: 'sun', dark: 'moon' };
const nextChoice: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };

/** One button that goes round: system, light, dark. */
export function ThemeSwitch() {
  const t = useTexts('app').theme;
  const [choice, setChoice] = useState(readThemeChoice);
  useEffect(() => {
    applyTheme(choice);
    if (choice !== 'system') return;
    const scheme = window.matchMedia('(prefers-color-scheme: light)');
    const follow = () => applyTheme('system');
    scheme.addEventListener('change', follow);
    return () => scheme.removeEventListener('change', follow);
  }, [choice]);
  const goRound = () => {
    const next = nextChoice[choice];
    keepThemeChoice(next);
    setChoice(next);
  };
  return (
    <button
      type="button"
      aria-label={t[choice]}
      title={t[choice]}
      onClick={goRound}
      className={styles.switch}
    >
      <Icon name={icons[choice]} />
    </button>
  );
}
