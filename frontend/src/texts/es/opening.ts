import type { opening as english } from '../en/opening.ts';
import type { Translation } from '../translation.ts';

export const opening: Translation<typeof english> = {
  open: 'Abierta',
  closed: 'Cerrada',
  openUntil: 'Abierta hasta {time}',
  opensToday: 'Cerrada, abre hoy a {time}',
  opensTomorrow: 'Cerrada, abre mañana a {time}',
  opensOn: 'Cerrada, abre el {day} a {time}',
  clock: '{hour, plural, one {la {clock}} other {las {clock}}}',
};
