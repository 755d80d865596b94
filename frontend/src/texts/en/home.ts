export const home = {
  tab: 'JWT Pizza: hot, round and provably yours',
  title: 'Hot, round and provably yours',
  lead: 'Wood-fired pizzas that are signed tokens. Order one, watch it bake, and check the signature with your own eyes.',
  order: 'Order now',
  best: {
    title: 'Straight from the fire',
    lead: 'What everybody asks for twice.',
    all: 'See the whole menu',
    loading: 'The pizzas are on their way',
  },
} as const;
