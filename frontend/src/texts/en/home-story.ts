export const homeStory = {
  how: {
    title: 'How a pizza becomes a token',
    lead: 'Every token in the world is made of three parts with a dot in between. So is every pizza, if you think about it for too long. We did.',
    parts: [
      {
        title: 'Header',
        text: 'The crust. It says how this one was baked, in whose oven and with which key.',
      },
      {
        title: 'Payload',
        text: 'The topping. Whose pizza it is, what is on it, and what you paid. Anybody may read it.',
      },
      {
        title: 'Signature',
        text: 'The char. Only the factory’s own fire leaves this mark, and nobody can scrape it off.',
      },
    ],
  },
  why: {
    title: 'Why people come back',
    points: [
      {
        title: 'Your place is kept',
        text: 'Factories have bad days. When ours does, your order is stored, keeps its place in the queue, and goes into the oven by itself.',
      },
      {
        title: 'No pizza, no pay',
        text: 'You are charged when the pizza is made and its signature has been checked. Not a satoshi earlier.',
      },
      {
        title: 'Exact to the crumb',
        text: 'Prices in bitcoin with all eight decimals, added up without rounding. The bill is the bill.',
      },
    ],
  },
  stores: {
    title: 'An oven near you',
    lead: 'Every store bakes over real wood and signs with real keys.',
    loading: 'Looking up the stores',
    empty: 'All ovens are cold right now. Come back soon.',
    all: 'All {count, number} stores',
  },
} as const;
