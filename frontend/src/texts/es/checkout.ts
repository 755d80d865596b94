import type { checkout as english } from '../en/checkout.ts';
import type { Translation } from '../translation.ts';

export const checkout: Translation<typeof english> = {
  title: 'Un último vistazo',
  lead: 'Repasemos la comanda como un buen camarero: ¿todo bien? Pues encendemos.',
  orderFrom: 'Se hornea en',
  dearerFrom: 'Ha subido desde que la elegiste: costaba',
  dearerTo: 'ahora cuesta',
  soldOut: 'Se agotó mientras elegías. ¡Lo sentimos!',
  gone: 'Salió de la carta mientras elegías.',
  useNewPrice: 'Aceptar el precio nuevo',
  remove: 'Quitar',
  removeNamed: 'Quitar {title}',
  acceptNamed: 'Aceptar el precio nuevo de {title}',
  cheaper: 'Ha bajado desde que la elegiste. Pagas el precio más bajo.',
  fixFirst: 'Algo cambió desde que llenaste el carrito. Échales un ojo a las líneas marcadas.',
  storeClosed: 'Esta pizzería acaba de cerrar.',
  storeClosedFix: 'Elige otra y tus pizzas se van contigo.',
  toMenu: 'Ver la carta',
  total: 'Total',
  pay: 'Pagar ahora',
  cancel: 'Cancelar',
  howTitle: 'Aquí solo puedes perder el hambre',
  how: [
    'Solo te cobramos cuando la pizza está hecha y su firma comprobada.',
    'Si la fábrica tropieza, te guardamos el sitio en la cola y seguimos.',
    'Pulsa dos veces, recarga, vuelve atrás: sigue siendo un solo pedido.',
  ],
  receipt: 'A nombre de',
  held: 'Guardamos tu pedido',
  leftOut:
    '{count, plural, one {Una pizza no cupo} other {# pizzas no cupieron}}: un pedido lleva 20 como máximo.',
  connectionLost:
    'No hemos oído respuesta. Sale de nuevo por sí solo en cuanto vuelva la línea, y sigue siendo un solo pedido.',
  refused: 'No pudimos hacer este pedido.',
  empty: {
    title: 'Todavía no hay nada que pagar',
    lead: 'Tu carrito está vacío, y eso tiene fácil arreglo.',
  },
  paid: 'Camino del horno',
  lastOrder: 'Tu último pedido, n.º {id}',
  note: 'Nota:',
  loading: 'Comparando tu carrito con la carta',
};
