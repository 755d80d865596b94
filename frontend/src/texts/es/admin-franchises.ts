import type { adminFranchises as english } from '../en/admin-franchises.ts';
import type { Translation } from '../translation.ts';

export const adminFranchises: Translation<typeof english> = {
  title: 'Detrás del mostrador',
  lead: 'Todas las franquicias con quienes las llevan, sus pizzerías y lo que han ganado.',
  filter: 'Filtrar franquicias',
  add: 'Añadir franquicia',
  loading: 'Sacando los libros',
  table: 'Todas las franquicias',
  columns: {
    franchise: 'Franquicia o pizzería',
    people: 'Franquiciados',
    revenue: 'Ingresos',
    actions: 'Acciones',
  },
  nobody: 'nadie todavía',
  dashboard: 'Panel',
  dashboardOf: 'Panel de {name}',
  edit: 'Editar',
  close: 'Cerrar',
  none: 'Ninguna franquicia se llama así.',
  empty: 'Todavía no hay franquicias. La primera está a un formulario.',
  form: {
    createTitle: 'Una franquicia nueva',
    createLead: 'Quien la lleve necesita antes una cuenta; la encontramos por su correo.',
    editTitle: 'Editar {name}',
    editLead: 'Quien salga de la lista pierde al momento la llave de esta franquicia.',
    name: 'nombre de la franquicia',
    email: 'correo del franquiciado',
    emailOf: 'correo del franquiciado {number, number}',
    more: 'Otro franquiciado',
    remove: 'Quitar al franquiciado {number, number}',
    create: 'Crear',
    save: 'Guardar',
    missing: { name: 'Ponle un nombre.', email: 'Pon la dirección de una cuenta.' },
    marked: 'Algo no encaja todavía; está marcado abajo.',
  },
  closing: {
    title: '¿Cerrar {name}?',
    stores:
      '{count, plural, one {Su pizzería ya no acepta pedidos desde ahora.} other {Sus # pizzerías ya no aceptan pedidos desde ahora.}}',
    people: 'Sus franquiciados pierden la llave.',
    orders: 'Lo pedido antes se hace igualmente, y pedidos e ingresos quedan registrados.',
    final: 'Una franquicia cerrada no se puede volver a abrir; su nombre queda libre.',
  },
  closingStore: {
    title: '¿Cerrar la pizzería {name}?',
    orders: 'Ya no acepta pedidos desde ahora. Lo pedido antes se hace igualmente.',
    record: 'Sus pedidos y sus ingresos quedan registrados en {franchise}.',
    final: 'Una pizzería cerrada no se puede volver a abrir.',
  },
  done: {
    created: '{name} ya está en marcha.',
    saved: '{name} está guardada.',
    closed: '{name} está cerrada.',
  },
};
