import type { home as english } from '../en/home.ts';
import type { Translation } from '../translation.ts';

export const home: Translation<typeof english> = {
  tab: 'JWT Pizza: caliente, redonda y tuya, con pruebas',
  title: 'Caliente, redonda y tuya, con pruebas',
  lead: 'Pizzas a la leña que son tokens firmados. Pide una, mira cómo se hornea y comprueba la firma con tus propios ojos.',
  order: 'Pedir ahora',
  best: {
    title: 'Recién salidas del fuego',
    lead: 'Las que todo el mundo repite.',
    all: 'Ver toda la carta',
    loading: 'Las pizzas están en camino',
  },
};
