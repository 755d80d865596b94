import type { Texts } from '../../lib/texts.ts';

interface MenuTexts {
  title: string;
  lead: string;
  loading: string;
  pizzas: string;
  empty: string;
  add: string;
  addNamed: (title: string) => string;
  added: (title: string, count: number) => string;
  soldOut: string;
  inCart: (count: number) => string;
  stores: {
    label: string;
    placeholder: string;
    hint: string;
    none: (wish: string) => string;
    chosen: string;
    change: string;
    required: string;
    loading: string;
    empty: string;
    closed: string;
    of: (franchise: string) => string;
    found: (count: number) => string;
  };
}

export const menuTexts: Texts<MenuTexts> = {
  en: {
    title: 'What shall we fire up?',
    lead: 'Pick a store, pick your pizzas. Every one leaves the oven signed, so nobody can ever tell you it was a calzone.',
    loading: 'The menu is on its way',
    pizzas: 'Pizzas',
    empty: 'The menu board is being rewritten. Come back in a moment, the oven is hot.',
    add: 'Add',
    addNamed: (title) => `Add ${title}`,
    added: (title, count) => `${title} is in your cart, ${count} in all.`,
    soldOut: 'Sold out today',
    inCart: (count) => `${count} in the cart`,
    stores: {
      label: 'Your store',
      placeholder: 'Search a store or a town',
      hint: 'Only stores that are open right now.',
      none: (wish) => `No open store is called “${wish}”.`,
      chosen: 'Baking for you at',
      change: 'Change store',
      required: 'Choose a store first, so we know which oven to light.',
      loading: 'Looking up the stores',
      empty: 'All stores are closed right now. The dough needs sleep too.',
      closed: 'This store is closed just now. Choose another one or come back later.',
      of: (franchise) => `by ${franchise}`,
      found: (count) => (count === 1 ? 'One store found' : `${count} stores found`),
    },
  },
};
