import type { status as english } from '../en/status.ts';
import type { Translation } from '../translation.ts';

export const status: Translation<typeof english> = {
  slow: 'Hoy el horno se lo toma con calma. Los pedidos están a salvo y salen, solo que más despacio.',
  down: 'La fábrica no contesta. Pide igualmente: te guardamos el sitio y horneamos en cuanto vuelva.',
  waiting: '{count, plural, one {Hay un pedido en la cola.} other {Hay # pedidos en la cola.}}',
};
