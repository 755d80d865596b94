import type { Texts } from '../../lib/texts.ts';

interface CheckoutTexts {
  title: string;
  lead: string;
  orderFrom: string;
  dearerFrom: string;
  dearerTo: string;
  soldOut: string;
  gone: string;
  useNewPrice: string;
  remove: string;
  removeNamed: (title: string) => string;
  acceptNamed: (title: string) => string;
  cheaper: string;
  fixFirst: string;
  storeClosed: string;
  storeClosedFix: string;
  toMenu: string;
  total: string;
  pay: string;
  cancel: string;
  howTitle: string;
  how: string[];
  receipt: string;
  lostLine: string;
  refused: string;
  empty: { title: string; lead: string };
  note: string;
  loading: string;
}

export const checkoutTexts: Texts<CheckoutTexts> = {
  en: {
    title: 'One last look',
    lead: 'Read it back like a good waiter would: everything right? Then we light it up.',
    orderFrom: 'Baked at',
    dearerFrom: 'Dearer since you picked it: was',
    dearerTo: 'is now',
    soldOut: 'Sold out while you were choosing. Sorry!',
    gone: 'It left the menu while you were choosing.',
    useNewPrice: 'Take the new price',
    remove: 'Remove',
    removeNamed: (title) => `Remove ${title}`,
    acceptNamed: (title) => `Take the new price for ${title}`,
    cheaper: 'Cheaper than when you picked it. You pay the lower price.',
    fixFirst: 'Something changed since you filled your cart. Have a look at the marked lines.',
    storeClosed: 'This store has just closed.',
    storeClosedFix: 'Choose another one and your pizzas can come along.',
    toMenu: 'See the menu',
    total: 'Total',
    pay: 'Pay now',
    cancel: 'Cancel',
    howTitle: 'Nothing to lose but your hunger',
    how: [
      'You are charged only when the pizza is made and its signature is checked.',
      'If the factory stumbles, we keep your place in the line and carry on.',
      'Press twice, reload, go back: it stays one order.',
    ],
    receipt: 'Made out to',
    lostLine:
      'We did not hear an answer. Press Pay now again; if the first one arrived, you get that very order and no second one.',
    refused: 'We could not place this order.',
    empty: { title: 'Nothing to pay yet', lead: 'Your cart is empty, which is easily mended.' },
    note: 'Note',
    loading: 'Checking your cart against the menu',
  },
};
