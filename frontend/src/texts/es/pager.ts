import type { pager as english } from '../en/pager.ts';
import type { Translation } from '../translation.ts';

export const pager: Translation<typeof english> = {
  back: 'Anterior',
  next: 'Siguiente',
  page: 'Página {page, number}',
};
