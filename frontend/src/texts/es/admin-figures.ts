import type { adminFigures as english } from '../en/admin-figures.ts';
import type { Translation } from '../translation.ts';

export const adminFigures: Translation<typeof english> = {
  title: 'Cifras de ventas',
  lead: 'Los ingresos y los recuentos se guardan con cada pedido. Aquí se vuelven a sumar a partir de los propios pedidos, pizzería a pizzería, mientras se sigue vendiendo.',
  loading: 'Cargando las cifras',
  check: 'Comprobar las cifras',
  checkLead: 'Las compara y no cambia nada.',
  rebuild: 'Recalcular las cifras',
  rebuildLead: 'Las compara y corrige lo que no coincide. Cada corrección queda en la auditoría.',
  stop: 'Parar',
  again: 'Continuar',
  progress: 'Pizzerías comprobadas',
  running: '{done, number} de {total, number} pizzerías',
  lost: 'Se ha perdido la conexión. Continúa por sí solo en cuanto vuelva.',
  busy: '{name} las está recalculando ahora mismo. Inténtalo cuando acabe.',
  busySomebody: 'Otra persona las está recalculando ahora mismo. Inténtalo dentro de un momento.',
  stopped: 'Parado tras {done, number} de {total, number} pizzerías. Se conserva lo hecho hasta ahora.',
  fine: '{stores, plural, one {# pizzería revisada} other {# pizzerías revisadas}}: todas las cifras coinciden con los pedidos.',
  differing:
    '{count, plural, one {# cifra} other {# cifras}} en {stores, plural, one {# pizzería} other {# pizzerías}} no coincidían con los pedidos.',
  corrected:
    '{count, plural, one {# cifra corregida} other {# cifras corregidas}} en {stores, plural, one {# pizzería} other {# pizzerías}}.',
  table: 'Cifras que no coincidían',
  columns: {
    store: 'Pizzería',
    day: 'Día',
    figure: 'Cifra',
    stored: 'Guardado',
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
