import type { Texts } from '../../lib/texts.ts';

interface CartTexts {
  title: string;
  empty: string;
  total: string;
  checkout: string;
  remove: string;
  removeNamed: (title: string) => string;
  less: (title: string) => string;
  more: (title: string) => string;
  count: (count: number) => string;
  quantity: (title: string, count: number) => string;
  addNote: string;
  addNoteNamed: (title: string) => string;
  note: (title: string) => string;
  notePlaceholder: string;
  full: (most: number) => string;
  behind: (count: number, store: string) => string;
  bring: string;
  noStore: string;
  promise: string;
}

export const cartTexts: Texts<CartTexts> = {
  en: {
    title: 'Your cart',
    empty: 'Nothing on the ticket yet. The oven is getting impatient.',
    total: 'Total',
    checkout: 'Checkout',
    remove: 'Remove',
    removeNamed: (title) => `Remove ${title}`,
    less: (title) => `One ${title} less`,
    more: (title) => `One ${title} more`,
    count: (count) => (count === 1 ? '1 pizza' : `${count} pizzas`),
    quantity: (title, count) => `${count} × ${title}`,
    addNote: 'Add a note',
    addNoteNamed: (title) => `Add a note for ${title}`,
    note: (title) => `Note for ${title}`,
    notePlaceholder: 'Well done, cut in six…',
    full: (most) => `${most} pizzas are as many as one order can carry.`,
    behind: (count, store) =>
      `${count === 1 ? 'One pizza waits' : `${count} pizzas wait`} in your cart at ${store}.`,
    bring: 'Bring along',
    noStore: 'No store chosen yet',
    promise: 'You pay only for pizzas that were made and signed.',
  },
};
