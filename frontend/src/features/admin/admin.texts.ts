import type { Texts } from '../../lib/texts.ts';

interface AdminTexts {
  title: string;
  lead: string;
  filter: string;
  loading: string;
  franchise: string;
  admins: string;
  stores: string;
  revenue: string;
  noAdmins: string;
  noStores: string;
  none: string;
  newer: string;
  older: string;
  page: (page: number) => string;
  refused: { title: string; lead: string; home: string };
}

export const adminTexts: Texts<AdminTexts> = {
  en: {
    title: 'Behind the counter',
    lead: 'All franchises with the people who run them, their stores, and what these earned.',
    filter: 'Filter franchises',
    loading: 'Fetching the books',
    franchise: 'Franchise',
    admins: 'Franchisees',
    stores: 'Stores',
    revenue: 'Revenue',
    noAdmins: 'nobody yet',
    noStores: 'none yet',
    none: 'No franchise is called that.',
    newer: 'Back',
    older: 'Next',
    page: (page) => `Page ${page}`,
    refused: {
      title: 'Staff only',
      lead: 'This door leads behind the counter, and your account has no key to it. The front of the shop is all yours.',
      home: 'Back to the start',
    },
  },
};
