/** What the reader asked for; `system` follows the device. */
export const THEME_WISHES = ['system', 'light', 'dark'] as const;
export type ThemeWish = (typeof THEME_WISHES)[number];

// public/theme.js reads the same key before the first paint.
const KEY = 'jwt-pizza.theme';
const PAGE_COLOURS = { dark: '#140d09', light: '#faf2e4' } as const;

export function readThemeWish(): ThemeWish {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

export function keepThemeWish(wish: ThemeWish): void {
  try {
    if (wish === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, wish);
  } catch {
    // The wish then lasts as long as the page.
  }
}

/** Puts the theme on the page, and its colour on the browser's own bars. */
export function applyTheme(wish: ThemeWish): void {
  const system = window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  const theme = wish === 'system' ? system : wish;
  document.documentElement.dataset.theme = theme;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.setAttribute('content', PAGE_COLOURS[theme]);
  }
}
