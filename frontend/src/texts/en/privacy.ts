/** Times are those of the service's settings unless its operator has set others. */
export const privacy = {
  title: 'What we know about you',
  lead: 'As little as it takes to make your pizza. Here is all of it: what we keep, what for, for how long, and who gets to see it.',
  kept: {
    title: 'What we keep',
    columns: { what: 'What', why: 'What for', howLong: 'How long' },
    rows: [
      {
        what: 'Your account: name, e-mail address, and your password as a hash that nobody can turn back',
        why: 'To know whose pizza it is, and to let you in',
        howLong: 'Until you delete it',
      },
      {
        what: 'The notes you write on a pizza',
        why: 'For whoever makes it',
        howLong: 'Until you delete your account',
      },
      {
        what: 'The signed pizza, with your name, your e-mail address and your notes in it',
        why: 'So that you can show it and check it',
        howLong: 'Until you delete your account',
      },
      {
        what: 'What you ordered, where, when and for how much',
        why: 'To make it, and for the books of the store',
        howLong: 'For good, but without you once your account is deleted',
      },
      {
        what: 'How each order went, step by step, and our calls to the factory for it',
        why: 'To tell you about it, and to find faults',
        howLong: '180 days for the steps, 90 for the calls',
      },
      {
        what: 'A random key that comes with each order',
        why: 'So that an order sent twice is made once',
        howLong: '30 days',
      },
      {
        what: 'Your sessions: when you logged in, from which network address and with which browser',
        why: 'So that you see where you are logged in, and can log out there',
        howLong: 'Until you log out, after 7 days without use, after 30 in any case',
      },
      {
        what: 'Tries at a password: a network address and a hash of the account tried',
        why: 'So that nobody guesses yours',
        howLong: 'A day after the last try',
      },
      {
        what: 'Which browsers and networks you have logged in from, as hashes',
        why: 'So that strangers who guess do not keep you out',
        howLong: '30 days after the last log-in there',
      },
      {
        what: 'Of our staff and franchisees: who changed what',
        why: 'So that it can be accounted for',
        howLong: '400 days',
      },
      {
        what: 'A technical log with user and order numbers; no names, passwords, notes or tokens',
        why: 'To keep the place running',
        howLong: 'As long as the operator keeps logs',
      },
    ],
    settings: 'Whoever runs this service may have set other times than these.',
  },
  seen: {
    title: 'Who sees it',
    people: [
      {
        who: 'You',
        what: 'All of it. It is one file, to download from your account page.',
      },
      {
        who: 'The store',
        what: 'What was ordered, and your notes. Neither your name nor your e-mail address.',
      },
      {
        who: 'The pizza factory',
        what: 'Your name, your e-mail address, your user number and your pizzas with their notes: it signs them into the pizza. It is a company of its own, and what it was told stays with it.',
      },
      {
        who: 'Our admins',
        what: 'Names, e-mail addresses and roles of accounts, and an order when they help with it. Whoever looks after the machines sees order and user numbers.',
      },
      {
        who: 'Nobody else',
        what: 'No advertising, no statistics by others, no trackers. We sell pizza.',
      },
    ],
  },
  browser: {
    title: 'Cookies, and what stays in your browser',
    items: [
      {
        what: 'A session cookie',
        why: 'keeps you logged in. No script can read it; a second one, with nothing in it, tells our pages that it is there. Both go when you log out.',
      },
      {
        what: 'A device cookie',
        why: 'says that you have logged in with this browser before, so that a stranger who guesses at your password cannot keep you out. It lasts 30 days.',
      },
      {
        what: 'Your cart, your language, light or dark, and the menu',
        why: 'are kept in the browser itself and are not sent to us until you order.',
      },
    ],
    none: 'That is all. Nothing here comes from another site, which is why no banner asks for your consent.',
  },
  rights: {
    title: 'What you can do about it',
    text: [
      'On your account page you can change your name and e-mail address, download all we keep of you, and delete your account.',
      'Deleting erases your name, your e-mail address, your notes and your tokens, and cancels what is still waiting. It is nearly always done at once; if something is in the way, we finish it ourselves a moment later. Your orders stay as figures for the stores, and nobody can tell whose they were.',
      'Two things we cannot reach: what the factory was told, and copies of the database that were made before. Those are kept under lock and key until they are overwritten.',
    ],
    account: 'To your account',
  },
} as const;
