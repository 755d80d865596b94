import type { adminBooks as english } from '../en/admin-books.ts';
import type { Translation } from '../translation.ts';

export const adminBooks: Translation<typeof english> = {
  title: 'Los libros',
  lead: 'Ingresos y cuentas se anotan con cada pedido. Aquí se suman de nuevo a partir de los pedidos mismos, pizzería a pizzería, mientras se sigue vendiendo.',
  loading: 'Abriendo los libros',
  check: 'Revisar los libros',
  checkLead: 'Compara y no cambia nada.',
  rebuild: 'Rehacer los libros',
  rebuildLead: 'Compara y corrige lo que no coincide. Lo corregido queda en la auditoría.',
  stop: 'Parar',
  again: 'Seguir',
  progress: 'Pizzerías hechas',
  running: '{done, number} de {total, number} pizzerías',
  lost: 'Se ha perdido la conexión. Sigue por sí solo cuando vuelva.',
  busy: '{name} está revisando ahora mismo. Solo uno a la vez: prueba cuando acabe.',
  busySomebody: 'Otra persona está revisando ahora mismo. Solo uno a la vez: prueba dentro de un momento.',
  stopped: 'Parado tras {done, number} de {total, number} pizzerías. Lo hecho, hecho queda.',
  fine: '{stores, plural, one {# pizzería revisada} other {# pizzerías revisadas}}: todas las cifras son lo que dicen los pedidos.',
  differing:
    '{count, plural, one {# cifra} other {# cifras}} en {stores, plural, one {# pizzería} other {# pizzerías}} no coincidían con los pedidos.',
  mended:
    '{count, plural, one {# cifra corregida} other {# cifras corregidas}} en {stores, plural, one {# pizzería} other {# pizzerías}}.',
  table: 'Cifras que no coincidían',
  columns: {
    store: 'Pizzería',
    day: 'Día',
    figure: 'Cifra',
    stored: 'En los libros',
    actual: 'Según los pedidos',
  },
  figures: {
    orders: 'Pedidos',
    pizzas: 'Pizzas',
    revenue: 'Ingresos',
    late: 'Pedidos con retraso',
    failed: 'Pedidos fallidos',
  },
  ofPizza: '{figure}, pizza {menuId}',
  store: 'pizzería {id}',
  more: 'Solo se muestran las primeras {count, number}.',
};
