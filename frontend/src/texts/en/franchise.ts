export const franchise = {
  title: 'Your name above the oven',
  lead: 'Open a JWT Pizza of your own. You bring the appetite and the neighbourhood, we bring dough, keys and a kitchen that never loses an order.',
  reasons: [
    {
      title: 'Sales that survive bad days',
      text: 'When the factory stumbles, the shops next door lose the evening. Your orders wait in the queue and are baked, and paid, as soon as it is back.',
    },
    {
      title: 'Your numbers, to the satoshi',
      text: 'Revenue for every store, counted when the pizza is made and verified. No estimates, no month-end surprises.',
    },
    {
      title: 'No freezer, no van',
      text: 'A signed token weighs nothing, never gets cold and needs no parking space.',
    },
    {
      title: 'One menu, many ovens',
      text: 'Recipes, pictures and prices come from us. You decide where the next store opens.',
    },
  ],
  stepsTitle: 'How to begin',
  steps: [
    'Make an account here, as if you came for dinner.',
    'Tell one of our admins your address and how your franchise shall be called.',
    'Find your franchise on this page and light the first oven.',
  ],
  call: 'Warm yet?',
  callText: 'Once an admin has entered you, this page turns into your own.',
} as const;
