import { useSyncExternalStore } from 'react';

/** What the reader asked for; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark';

// public/theme.js reads the same key before the first paint.
const KEY = 'jwt-pizza.theme';
const PAGE_COLOURS = { dark: '#140d09', light: '#faf2e4' } as const;

export function readThemeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

export function keepThemeChoice(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // The choice then lasts as long as the page.
  }
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The theme on the page right now, for what a stylesheet cannot choose. */
export function useShownTheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, () =>
    document.documentElement.dataset.theme === 'light' ? 'light' : 'dark',
  );
}

/** Puts the theme on the page, and its colour on the browser's own bars. */
export function applyTheme(choice: ThemeChoice): void {
  const system = window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  const theme = choice === 'system' ? system : choice;
  document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.setAttribute('content', PAGE_COLOURS[theme]);
  }
}
