export const pager = {
  back: 'Previous',
  next: 'Next',
  page: 'Page {page, number}',
} as const;
