export const status = {
  slow: 'The oven takes its time today. Orders are safe and get made, just slower.',
  down: 'The factory is not answering. Order anyway: we keep your place and bake as soon as it is back.',
  waiting: '{count, plural, one {One order is in the queue.} other {# orders are in the queue.}}',
} as const;
