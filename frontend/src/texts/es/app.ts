import type { app as english } from '../en/app.ts';
import type { Translation } from '../translation.ts';

export const app: Translation<typeof english> = {
  brand: 'JWT Pizza',
  skip: 'Saltar al contenido',
  nav: {
    label: 'Principal',
    order: 'Pedir',
    franchise: 'Franquicia',
    about: 'Nosotros',
    history: 'Historia',
    admin: 'Admin',
    login: 'Entrar',
    register: 'Regístrate',
    logout: 'Salir',
    account: 'tu cuenta',
  },
  theme: {
    system: 'Tema: el del sistema',
    light: 'Tema: claro',
    dark: 'Tema: oscuro',
  },
  language: 'Idioma',
  footer: {
    line: 'Horneada a fuego. Firmada con llave. Nunca perdida por el camino.',
    api: 'Para desarrolladores',
    privacy: 'Privacidad',
    small: 'Precios en bitcoin. Ningún pepperoni fue hasheado para hacer esta página.',
  },
  offline:
    'Sin conexión. Lo que ves es lo último que tenemos; tu carrito está a salvo y seguimos cuando vuelva la línea.',
  notFound: {
    title: 'Falta esta porción',
    lead: 'Alguien se comió la página que buscabas. El resto de la pizza sigue aquí.',
    menu: 'Ver la carta',
    home: 'Volver al inicio',
  },
  crash: {
    title: 'Se nos cayó la pizza',
    lead: 'Algo se rompió en esta página. Tu carrito y tus pizzas están a salvo.',
    home: 'Empezar de nuevo',
  },
  loading: 'Un momentito',
};
