import type { franchise as english } from '../en/franchise.ts';
import type { Translation } from '../translation.ts';

export const franchise: Translation<typeof english> = {
  title: 'Tu nombre sobre el horno',
  lead: 'Abre tu propia JWT Pizza. Tú pones las ganas y el barrio; nosotros, la masa, las llaves y una cocina que nunca pierde un pedido.',
  reasons: [
    {
      title: 'Ventas que aguantan los días malos',
      text: 'Cuando la fábrica tropieza, los locales de al lado pierden la noche. Tus pedidos esperan en la cola y se hornean, y se cobran, en cuanto vuelve.',
    },
    {
      title: 'Tus números, hasta el último satoshi',
      text: 'Los ingresos de cada pizzería, contados cuando la pizza está hecha y verificada. Sin estimaciones y sin sorpresas a fin de mes.',
    },
    {
      title: 'Sin congelador ni furgoneta',
      text: 'Un token firmado no pesa, no se enfría y no necesita aparcamiento.',
    },
    {
      title: 'Una carta, muchos hornos',
      text: 'Las recetas, las fotos y los precios los ponemos nosotros. Tú decides dónde abre la siguiente pizzería.',
    },
  ],
  stepsTitle: 'Cómo empezar',
  steps: [
    'Crea una cuenta aquí, como si vinieras a cenar.',
    'Dale a uno de nuestros administradores tu correo y el nombre que quieres para tu franquicia.',
    'Busca tu franquicia en esta página y enciende el primer horno.',
  ],
  call: '¿Ya entraste en calor?',
  callText: 'En cuanto un administrador te dé de alta, esta página será la tuya.',
};
