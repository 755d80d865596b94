import { useEffect, useState } from 'react';
import { useTexts } from '../../lib/texts.ts';
import { applyTheme, keepThemeWish, readThemeWish, THEME_WISHES, type ThemeWish } from '../../lib/theme.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { appTexts } from '../app.texts.ts';
import styles from './theme-switch.module.css';

const icons: Record<ThemeWish, IconName> = { system: 'screen', light: 'sun', dark: 'moon' };

/** A select of the device's own kind, dressed as one round button. */
export function ThemeSwitch() {
  const t = useTexts(appTexts).theme;
  const [wish, setWish] = useState(readThemeWish);
  useEffect(() => {
    applyTheme(wish);
    if (wish !== 'system') return;
    const scheme = window.matchMedia('(prefers-color-scheme: light)');
    const follow = () => applyTheme('system');
    scheme.addEventListener('change', follow);
    return () => scheme.removeEventListener('change', follow);
  }, [wish]);
  const choose = (next: ThemeWish) => {
    keepThemeWish(next);
    setWish(next);
  };
  return (
    <div className={styles.switch}>
      <Icon name={icons[wish]} />
      <select
        aria-label={t.label}
        value={wish}
        onChange={(event) => choose(THEME_WISHES.find((one) => one === event.target.value) ?? 'system')}
      >
        {THEME_WISHES.map((one) => (
          <option key={one} value={one}>
            {t[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
