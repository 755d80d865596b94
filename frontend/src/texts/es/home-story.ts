import type { homeStory as english } from '../en/home-story.ts';
import type { Translation } from '../translation.ts';

export const homeStory: Translation<typeof english> = {
  how: {
    title: 'Cómo una pizza se hace token',
    lead: 'Todos los tokens del mundo tienen tres partes con un punto en medio. Y todas las pizzas también, si lo piensas demasiado. Nosotros lo hicimos.',
    parts: [
      {
        title: 'Cabecera',
        text: 'La masa. Cuenta cómo se horneó esta, en el horno de quién y con qué llave.',
      },
      {
        title: 'Contenido',
        text: 'Los ingredientes. De quién es la pizza, qué lleva y cuánto pagaste. Puede leerlo cualquiera.',
      },
      {
        title: 'Firma',
        text: 'El tostado. Solo el fuego de la fábrica deja esta marca, y nadie la puede raspar.',
      },
    ],
  },
  why: {
    title: 'Por qué la gente vuelve',
    points: [
      {
        title: 'Tu sitio está guardado',
        text: 'Las fábricas tienen días malos. Cuando le toca a la nuestra, tu pedido queda guardado, conserva su sitio en la cola y entra solo en el horno.',
      },
      {
        title: 'Sin pizza no hay cuenta',
        text: 'Te cobramos cuando la pizza está hecha y su firma comprobada. Ni un satoshi antes.',
      },
      {
        title: 'Exacto hasta la última miga',
        text: 'Precios en bitcoin con sus ocho decimales, sumados sin redondear. La cuenta es la cuenta.',
      },
    ],
  },
  stores: {
    title: 'Un horno cerca de ti',
    lead: 'Todas nuestras pizzerías hornean con leña de verdad y firman con llaves de verdad.',
    loading: 'Buscando las pizzerías',
    empty: 'Ahora mismo todos los hornos están fríos. Vuelve pronto.',
    all: 'Las {count, number} pizzerías',
  },
};
