import type { cart as english } from '../en/cart.ts';
import type { Translation } from '../translation.ts';

export const cart: Translation<typeof english> = {
  title: 'Tu carrito',
  empty: 'Todavía no hay nada en la comanda. El horno se impacienta.',
  total: 'Total',
  checkout: 'Ir a pagar',
  remove: 'Quitar',
  removeNamed: 'Quitar {title}',
  less: 'Una {title} menos',
  more: 'Una {title} más',
  count: '{count, plural, one {# pizza} other {# pizzas}}',
  quantity: '{count} × {title}',
  addNote: 'Añadir una nota',
  addNoteNamed: 'Añadir una nota para {title}',
  note: 'Nota para {title}',
  notePlaceholder: 'Bien hecha, en seis trozos…',
  full: 'En un pedido caben {most} pizzas como mucho.',
  behind: '{count, plural, one {Una pizza te espera} other {# pizzas te esperan}} en tu carrito de {store}.',
  bring: 'Traer aquí',
  noStore: 'Aún no has elegido pizzería',
  promise: 'Solo pagas las pizzas hechas y firmadas.',
};
