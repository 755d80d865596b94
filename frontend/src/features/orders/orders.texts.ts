import type { OrderState } from '#contract/orders.ts';
import type { Texts } from '../../lib/texts.ts';

interface OrdersTexts {
  status: Record<OrderState, string>;
  delivery: {
    titles: Record<OrderState, string>;
    leads: Record<OrderState, string>;
    steps: { placed: string; oven: string; checked: string; ready: string };
    stepStates: { done: string; now: string; ahead: string };
    tracker: string;
    place: (place: number) => string;
    waitingSafe: string;
    lostLine: string;
    number: (id: number) => string;
    placedAt: string;
    total: string;
    notCharged: string;
    notYetCharged: string;
    orderMore: string;
    cancel: string;
    tryAgain: string;
    toMenu: string;
    allOrders: string;
    loading: string;
    unknown: { title: string; lead: string };
    none: { title: string; lead: string };
  };
  token: {
    title: string;
    lead: string;
    header: string;
    headerSays: string;
    payload: string;
    payloadSays: string;
    signature: string;
    signatureSays: string;
    verify: string;
    verifying: string;
    valid: string;
    validSays: string;
    invalid: string;
    invalidSays: string;
    copy: string;
    copied: string;
    copyFailed: string;
    download: string;
    whole: string;
    raw: string;
    facts: {
      algorithm: string;
      key: string;
      baker: string;
      baked: string;
      until: string;
      vendor: string;
      diner: string;
      number: string;
      pizzas: string;
    };
  };
  history: {
    title: (name: string) => string;
    lead: string;
    orders: string;
    empty: string;
    emptyTitle: string;
    newer: string;
    older: string;
    page: (page: number) => string;
    loading: string;
    notCharged: string;
    toMenu: string;
  };
}

export const ordersTexts: Texts<OrdersTexts> = {
  en: {
    status: {
      making: 'In the oven',
      waiting: 'Waiting',
      ready: 'Ready',
      failed: 'Not made',
      cancelled: 'Cancelled',
    },
    delivery: {
      titles: {
        making: 'In the oven',
        waiting: 'Holding your place',
        ready: 'Hot and signed',
        failed: 'We could not make it',
        cancelled: 'Cancelled',
      },
      leads: {
        making:
          'Your order is with the factory. This usually takes a moment, and you may close this page: it bakes on.',
        waiting: 'The factory is busy. Your order is safe with us and goes in again by itself.',
        ready:
          'Your pizza came out of the oven and its signature holds. It is yours, and now you can prove it.',
        failed: 'We tried until trying made no sense any more. You were not charged.',
        cancelled: 'This order was taken back. You were not charged.',
      },
      steps: { placed: 'Placed', oven: 'In the oven', checked: 'Checked', ready: 'Ready' },
      stepStates: { done: 'done', now: 'now', ahead: 'to come' },
      tracker: 'How far your pizza is',
      place: (place) => `Place ${place} in the line`,
      waitingSafe: 'Nothing to do for you. Leave, come back, fall asleep: it is kept.',
      lostLine: 'We lost the line for a moment. What you see may be a little old; we keep trying.',
      number: (id) => `No. ${id}`,
      placedAt: 'Placed',
      total: 'Total',
      notCharged: 'Not charged',
      notYetCharged: 'Charged when it is ready',
      orderMore: 'Order more',
      cancel: 'Cancel',
      tryAgain: 'Try again',
      toMenu: 'See the menu',
      allOrders: 'All my pizzas',
      loading: 'Looking for your pizza',
      unknown: {
        title: 'No such pizza here',
        lead: 'We know no order of yours under this number. Perhaps it belongs to another account.',
      },
      none: { title: 'Which pizza?', lead: 'Pick one from your past orders, or start a new one.' },
    },
    token: {
      title: 'Read your pizza',
      lead: 'Three parts, two dots, no crumbs. Anybody can read it, only the factory could have signed it.',
      header: 'Header',
      headerSays: 'the crust: how it was baked',
      payload: 'Payload',
      payloadSays: 'the topping: what it is and whose',
      signature: 'Signature',
      signatureSays: 'the char: proof that it was our oven',
      verify: 'Verify',
      verifying: 'Holding it against the light…',
      valid: 'The real thing',
      validSays: 'The signature belongs to the factory and not a crumb was changed.',
      invalid: 'Not one of ours',
      invalidSays: 'The signature does not fit. Somebody changed this pizza, or baked it elsewhere.',
      copy: 'Copy',
      copied: 'Copied',
      copyFailed: 'Your browser does not let us copy. Mark the text instead.',
      download: 'Download',
      whole: 'The whole token',
      raw: 'As written',
      facts: {
        algorithm: 'Signed with',
        key: 'Key',
        baker: 'Baked by',
        baked: 'Baked',
        until: 'Good until',
        vendor: 'Sold by',
        diner: 'For',
        number: 'Number',
        pizzas: 'Pizzas',
      },
    },
    history: {
      title: (name) => `Ciao, ${name}`,
      lead: 'Your account, and every pizza you ever asked us for.',
      orders: 'Your pizzas so far',
      emptyTitle: 'No pizza yet',
      empty: 'That is a sad sentence. It can be a short chapter, though.',
      newer: 'Newer',
      older: 'Older',
      page: (page) => `Page ${page}`,
      loading: 'Fetching your past pizzas',
      notCharged: 'not charged',
      toMenu: 'See the menu',
    },
  },
};
