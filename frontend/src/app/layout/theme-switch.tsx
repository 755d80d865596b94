import { useEffect, useState } from 'react';
import { useTexts } from '../../lib/texts.ts';
import { applyTheme, keepThemeWish, readThemeWish, type ThemeWish } from '../../lib/theme.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import styles from './theme-switch.module.css';

const icons: Record<ThemeWish, IconName> = { system: 'screen', light: 'sun', dark: 'moon' };
const nextWish: Record<ThemeWish, ThemeWish> = { system: 'light', light: 'dark', dark: 'system' };

/** One button that goes round: system, light, dark. */
export function ThemeSwitch() {
  const t = useTexts('app').theme;
  const [wish, setWish] = useState(readThemeWish);
  useEffect(() => {
    applyTheme(wish);
    if (wish !== 'system') return;
    const scheme = window.matchMedia('(prefers-color-scheme: light)');
    const follow = () => applyTheme('system');
    scheme.addEventListener('change', follow);
    return () => scheme.removeEventListener('change', follow);
  }, [wish]);
  const goRound = () => {
    const next = nextWish[wish];
    keepThemeWish(next);
    setWish(next);
  };
  return (
    <button type="button" aria-label={t[wish]} title={t[wish]} onClick={goRound} className={styles.switch}>
      <Icon name={icons[wish]} />
    </button>
  );
}
