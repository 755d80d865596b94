import type { Language } from '../lib/language.ts';
import type { firstPage } from './en/first-page.ts';
import type { otherPages } from './en/other-pages.ts';
import type { staffPages } from './en/staff-pages.ts';
import type { Translation } from './translation.ts';

export type FirstPage = typeof firstPage;
export type OtherPages = typeof otherPages;
export type StaffPages = typeof staffPages;

interface Catalogue {
  firstPage: () => Promise<Translation<FirstPage>>;
  otherPages: () => Promise<Translation<OtherPages>>;
  staffPages: () => Promise<Translation<StaffPages>>;
}

/** Only the reader's language is fetched, and of it first what the first page shows. Diners fetch nothing of the staff's. */
export const catalogues: Record<Language, Catalogue> = {
  en: {
    firstPage: async () => (await import('./en/first-page.ts')).firstPage,
    otherPages: async () => (await import('./en/other-pages.ts')).otherPages,
    staffPages: async () => (await import('./en/staff-pages.ts')).staffPages,
  },
  es: {
    firstPage: async () => (await import('./es/first-page.ts')).firstPage,
    otherPages: async () => (await import('./es/other-pages.ts')).otherPages,
    staffPages: async () => (await import('./es/staff-pages.ts')).staffPages,
  },
};
