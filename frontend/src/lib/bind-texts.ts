import { type I18n, setupI18n } from '@lingui/core';

/** Ends in what opens a branch of a plural, as in `{count, plural, one {…} other {…}}`. */
type OpensBranch = `${string}${'plural,' | '}'} ${'one' | 'many' | 'other' | `=${number}`} `;

/** The arguments of an ICU message as pairs of name and type: `{title}` takes any value, `{count, plural, …}` a number. */
type Argument<T extends string> = T extends `${infer Before}{${infer Rest}`
  ? Before extends OpensBranch
    ? Argument<Rest>
    : Rest extends `${infer Head}}${infer Tail}`
      ? Head extends `${infer Name}, ${string}`
        ? [Name, number] | (Rest extends `${Name}, ${infer After}` ? Argument<After> : never)
        : [Head, string | number] | Argument<Tail>
      : never
  : never;

type Values<T extends string> = { [A in Argument<T> as A[0]]: A[1] };

/** Texts as components use them: a plain one is a string, one with arguments a function of them. */
export type Bound<T> = T extends string
  ? [Argument<T>] extends [never]
    ? string
    : (values: Values<T>) => string
  : { readonly [K in keyof T]: Bound<T[K]> };

/** What the build makes of a message with arguments (compile-texts.ts). */
interface Compiled {
  icu: unknown[];
}

function isCompiled(node: unknown): node is Compiled {
  return typeof node === 'object' && node !== null && 'icu' in node;
}

/** Answers the texts ready for use; messages with arguments are filled in by the rules of the locale. */
export function bindTexts<T>(texts: unknown, locale: string): Bound<T> {
  const messages: Record<string, string> = {};
  const i18n = setupI18n({ locale, messages: { [locale]: messages } });
  return bindNode(texts, { id: '', messages, i18n }) as Bound<T>;
}

function bindNode(node: unknown, at: { id: string; messages: Record<string, unknown>; i18n: I18n }): unknown {
  const { id, messages, i18n } = at;
  const message = isCompiled(node) ? node.icu : node;
  if (message !== node || (typeof node === 'string' && node.includes('{'))) {
    messages[id] = message;
    return (values: Record<string, unknown>) => i18n._(id, values);
  }
  if (typeof node === 'string') return node;
  const bind = (child: unknown, key: string | number) => bindNode(child, { ...at, id: `${id}.${key}` });
  if (Array.isArray(node)) return node.map(bind);
  return Object.fromEntries(Object.entries(node as object).map(([key, child]) => [key, bind(child, key)]));
}
