import type { admin as english } from '../en/admin.ts';
import type { Translation } from '../translation.ts';

export const admin: Translation<typeof english> = {
  title: 'Detrás del mostrador',
  lead: 'Todas las franquicias con quienes las llevan, sus pizzerías y lo que han ganado.',
  filter: 'Filtrar franquicias',
  loading: 'Sacando los libros',
  table: 'Todas las franquicias',
  franchise: 'Franquicia',
  admins: 'Franquiciados',
  stores: 'Pizzerías',
  revenue: 'Ingresos',
  noAdmins: 'nadie todavía',
  noStores: 'ninguna todavía',
  none: 'Ninguna franquicia se llama así.',
  newer: 'Atrás',
  older: 'Siguiente',
  page: 'Página {page, number}',
  refused: {
    title: 'Solo personal',
    lead: 'Esta puerta da detrás del mostrador, y tu cuenta no tiene la llave. El resto del local es todo tuyo.',
    home: 'Volver al inicio',
  },
};
