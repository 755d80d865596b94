export const chart = {
  numbers: 'The numbers of “{title}”',
} as const;
