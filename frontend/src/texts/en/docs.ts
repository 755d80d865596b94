export const docs = {
  title: 'The recipe book',
  lead: 'Every endpoint of our service, with an example to copy or to try right here. What the storefront can do, your code can do.',
  version: 'Version {version}',
  loading: 'Opening the book',
  session: 'needs a session',
  open: 'open to all',
  example: 'Example',
  response: 'Answer',
  tryIt: {
    title: 'Try it',
    address: 'Address',
    body: 'Body (JSON)',
    hint: 'This is a real call, made as whoever is logged in here.',
    send: 'Send',
    sending: 'On its way',
    offline: 'The service could not be reached. Is the network there?',
  },
  unknown: {
    title: 'Not in our recipe book',
    lead: 'We only write down our own service. For the others, ask those who bake them.',
    ours: 'Our own recipes',
  },
} as const;
