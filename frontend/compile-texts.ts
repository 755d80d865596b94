import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

interface Literal {
  type: string;
  value?: unknown;
  start: number;
  end: number;
}

/** Answers the string literals of a catalogue that have arguments, in their order. */
function messagesIn(node: unknown): Literal[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, value } = node as Partial<Literal>;
  if (type === 'Literal') return typeof value === 'string' && value.includes('{') ? [node as Literal] : [];
  return Object.values(node).flatMap(messagesIn);
}

/** Turns ICU messages into what the storefront fills in, so that no reader has to fetch the parser of ICU. */
export function compileTexts(): Plugin {
  return {
    name: 'compile-texts',
    transform: {
      filter: { id: /\/src\/texts\/\w+\/[\w-]+\.ts$/ },
      handler(code) {
        const compiled = messagesIn(this.parse(code)).reduceRight(
          (text, { value, start, end }) =>
            `${text.slice(0, start)}${JSON.stringify({ icu: compileMessageOrThrow(String(value)) })}${text.slice(end)}`,
          code,
        );
        return { code: compiled, map: null };
      },
    },
  };
}

/** The texts a page needs before it can show anything, a file a language. */
export const FIRST_TEXTS = /\/src\/texts\/(\w+)\/first-page\.ts$/;

/** Tells language.js where the texts of each language are; their file names carry a hash. */
export function tellWhereTextsAre(): Plugin {
  return {
    name: 'tell-where-texts-are',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const addresses = Object.values(bundle ?? {}).flatMap((output) => {
          const language =
            output.type === 'chunk' ? FIRST_TEXTS.exec(output.facadeModuleId ?? '')?.[1] : undefined;
          return language ? [` data-${language}="/${output.fileName}"`] : [];
        });
        return html.replace('src="/language.js"', (script) => script + addresses.join(''));
      },
    },
  };
}
