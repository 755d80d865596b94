export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

// public/language.js reads the same key before the first paint.
export const LANGUAGE_KEY = 'jwt-pizza.language';

/** The language public/language.js chose and put on the page. */
export function languageOfPage(): Language {
  return languages.find((language) => language === document.documentElement.lang) ?? 'en';
}

/** The reader's own kind of the language, such as `es-MX`: regions write dates and numbers differently. */
export function localeOf(language: Language, readerLocales: readonly string[]): string {
  return readerLocales.find((locale) => locale.split('-')[0] === language) ?? language;
}
