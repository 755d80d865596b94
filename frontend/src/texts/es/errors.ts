import type { errors as english } from '../en/errors.ts';
import type { Translation } from '../translation.ts';

export const errors: Translation<typeof english> = {
  title: 'Esto no ha llegado',
  again: 'Reintentar',
  offline: 'No llegamos a la cocina. Revisa tu conexión; no se ha perdido nada.',
  unavailable: 'La cocina necesita tomar aire. Vuelve a intentarlo en un momento.',
  tooMany: 'Eso fue mucho de golpe. Respira hondo y vuelve a intentarlo en un minuto.',
  tooManyFor:
    'Eso fue mucho de golpe. Vuelve a intentarlo en {seconds, plural, one {# segundo} other {# segundos}}.',
  forbidden: 'Tu cuenta no tiene permiso para esto.',
  unexpected: 'Algo se nos quemó a nosotros, no a ti. Vuelve a intentarlo, por favor.',
  unexpectedNamed:
    'Algo se nos quemó a nosotros, no a ti. Vuelve a intentarlo, por favor. Si nos escribes, menciona {requestId}.',
  fields: {
    required: 'Este dato hace falta.',
    empty: 'No puede quedar vacío.',
    blank: 'No puede quedar en blanco.',
    text: 'Tiene que ser un texto.',
    email: 'Esto no parece un correo electrónico.',
    tooShort: 'Tiene que tener al menos {count, plural, one {# carácter} other {# caracteres}}.',
    tooLong: 'Puede tener como mucho {count, plural, one {# carácter} other {# caracteres}}.',
    controlCharacters: 'No puede llevar caracteres de control.',
    commonPassword: 'Es una de las más comunes: elige otra.',
    taken: 'Ya está en uso.',
    noAccount: 'No tiene cuenta con nosotros.',
    picture: 'Debe ser una ruta relativa o una dirección https.',
    tooMuch: 'Debe ser como mucho {count, number}.',
    wrong: 'No es correcto.',
  },
};
