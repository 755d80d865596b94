import type { Language } from '../lib/language.ts';
import type { firstPage } from './en/first-page.ts';
import type { otherPages } from './en/other-pages.ts';
import type { Translation } from './translation.ts';

export type FirstPage = typeof firstPage;
export type OtherPages = typeof otherPages;

interface Catalogue {
  firstPage: () => Promise<Translation<FirstPage>>;
  otherPages: () => Promise<Translation<OtherPages>>;
}

/** Only the reader's language is fetched, and of it first what the first page shows. */
export const catalogues: Record<Language, Catalogue> = {
  en: {
    firstPage: async () => (await import('./en/first-page.ts')).firstPage,
    otherPages: async () => (await import('./en/other-pages.ts')).otherPages,
  },
  es: {
    firstPage: async () => (await import('./es/first-page.ts')).firstPage,
    otherPages: async () => (await import('./es/other-pages.ts')).otherPages,
  },
};
