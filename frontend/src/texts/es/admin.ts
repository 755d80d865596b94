import type { admin as english } from '../en/admin.ts';
import type { Translation } from '../translation.ts';

export const admin: Translation<typeof english> = {
  pages: {
    label: 'Páginas detrás del mostrador',
    franchises: 'Franquicias',
    users: 'Usuarios',
    menu: 'Carta',
    audit: 'Auditoría',
    figures: 'Cifras',
    operations: 'Operaciones',
  },
  cancel: 'Cancelar',
  stale: 'Alguien lo ha cambiado mientras tanto. Vuelve a la lista y míralo otra vez.',
  refused: {
    title: 'Solo personal',
    lead: 'Esta puerta da detrás del mostrador, y tu cuenta no tiene la llave. El resto del local es todo tuyo.',
    home: 'Volver al inicio',
    franchise: 'A tus franquicias',
  },
};
