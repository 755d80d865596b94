import type { Texts } from '../../lib/texts.ts';

interface DocsTexts {
  title: string;
  lead: string;
  version: (version: string) => string;
  loading: string;
  session: string;
  open: string;
  example: string;
  response: string;
  unknown: { title: string; lead: string; ours: string };
}

export const docsTexts: Texts<DocsTexts> = {
  en: {
    title: 'The recipe book',
    lead: 'Every endpoint of our service, with an example to copy. What the storefront can do, your code can do.',
    version: (version) => `Version ${version}`,
    loading: 'Opening the book',
    session: 'needs a session',
    open: 'open to all',
    example: 'Example',
    response: 'Answer',
    unknown: {
      title: 'Not in our recipe book',
      lead: 'We only write down our own service. For the others, ask those who bake them.',
      ours: 'Our own recipes',
    },
  },
};
