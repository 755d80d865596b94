/**
 * The texts of one part of the storefront, by language. English is complete; another language has the same
 * shape, so a missing text does not compile.
 */
export interface Texts<T> {
  en: T;
}

/** Answers the texts in the reader's language. The one place that decides which language that is. */
export function useTexts<T>(texts: Texts<T>): T {
  return texts.en;
}

/** The locale of dates and numbers: the browser's own, whatever the language of the texts. */
export function readerLocale(): string | undefined {
  return globalThis.navigator?.language;
}
