export const admin = {
  pages: {
    label: 'Pages behind the counter',
    franchises: 'Franchises',
    users: 'Users',
    menu: 'Menu',
    audit: 'Audit log',
    figures: 'Figures',
    operations: 'Operations',
  },
  cancel: 'Cancel',
  stale: 'Somebody else changed this in the meantime. Go back to the list and look again.',
  refused: {
    title: 'Staff only',
    lead: 'This door leads behind the counter, and your account has no key to it. The front of the shop is all yours.',
    home: 'Back to the start',
    franchise: 'To your franchises',
  },
} as const;
