import type { menu as english } from '../en/menu.ts';
import type { Translation } from '../translation.ts';

export const menu: Translation<typeof english> = {
  title: '¿Qué metemos al horno?',
  lead: 'Elige una pizzería y elige tus pizzas. Todas salen firmadas del horno, para que nadie te diga nunca que aquello era una calzone.',
  loading: 'La carta está en camino',
  pizzas: 'Pizzas',
  empty: 'Estamos reescribiendo la pizarra. Vuelve en un momento, que el horno está caliente.',
  add: 'Añadir',
  addNamed: 'Añadir {title}',
  added: '{title} está en tu carrito; llevas {count, plural, one {# pizza} other {# pizzas}}.',
  soldOut: 'Hoy se agotó',
  inCart: '{count, number} en el carrito',
  stores: {
    label: 'Tu pizzería',
    placeholder: 'Busca una pizzería o una ciudad',
    hint: 'Por nombre o franquicia. Las cerradas dicen cuándo abren.',
    none: 'Ninguna pizzería se llama «{filter}».',
    chosen: 'Horneamos para ti en',
    change: 'Cambiar de pizzería',
    required: 'Elige primero una pizzería, para saber qué horno encender.',
    loading: 'Buscando las pizzerías',
    closed: 'Elige otra pizzería o vuelve entonces.',
    of: 'de {franchise}',
    numbered: 'de {franchise}, n.º {id}',
    found: '{count, plural, one {Hay una pizzería} other {Hay # pizzerías}}',
  },
};
