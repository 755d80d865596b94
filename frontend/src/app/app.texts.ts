import type { Texts } from '../lib/texts.ts';
import type { ThemeWish } from '../lib/theme.ts';

interface AppTexts {
  brand: string;
  skip: string;
  nav: {
    label: string;
    order: string;
    franchise: string;
    about: string;
    history: string;
    admin: string;
    login: string;
    register: string;
    logout: string;
    account: (initials: string) => string;
  };
  theme: Record<ThemeWish, string>;
  footer: { line: string; api: string; small: string };
  offline: string;
  notFound: { title: string; lead: string; menu: string; home: string };
  crash: { title: string; lead: string; home: string };
  loading: string;
}

export const appTexts: Texts<AppTexts> = {
  en: {
    brand: 'JWT Pizza',
    skip: 'Skip to the content',
    nav: {
      label: 'Global',
      order: 'Order',
      franchise: 'Franchise',
      about: 'About',
      history: 'History',
      admin: 'Admin',
      login: 'Login',
      register: 'Register',
      logout: 'Logout',
      account: (initials) => `${initials}, your account`,
    },
    theme: {
      system: 'Theme: as the system',
      light: 'Theme: light',
      dark: 'Theme: dark',
    },
    footer: {
      line: 'Baked in fire. Signed with a key. Never lost on the way.',
      api: 'For developers',
      small: 'Prices in bitcoin. No pepperoni was hashed in the making of this site.',
    },
    offline: 'You are offline. Look around as you like; we carry on when the line is back.',
    notFound: {
      title: 'This slice is missing',
      lead: 'Somebody ate the page you were looking for. The rest of the pizza is still here.',
      menu: 'See the menu',
      home: 'Back to the start',
    },
    crash: {
      title: 'We dropped the pizza',
      lead: 'Something broke on this page. Your cart and your pizzas are safe.',
      home: 'Start again',
    },
    loading: 'One moment',
  },
};
