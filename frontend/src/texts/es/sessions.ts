import type { sessions as english } from '../en/sessions.ts';
import type { Translation } from '../translation.ts';

export const sessions: Translation<typeof english> = {
  title: 'Dónde tienes la sesión abierta',
  lead: 'Todos los navegadores y programas que han entrado con tu cuenta. Cierra lo que no reconozcas y, si lo hay, cambia tu contraseña.',
  device: '{program} en {system}',
  unknownDevice: 'Un dispositivo desconocido',
  unknownAddress: 'Desconocida',
  current: 'Este navegador',
  now: 'Ahora mismo',
  lastUsed: 'Último uso',
  address: 'Dirección de red',
  opened: 'Abierta desde',
  end: 'Cerrar sesión',
  endNamed: 'Cerrar sesión: {device}',
  ended: 'Sesión cerrada: {device}.',
  others: 'Cerrar las demás sesiones',
  othersQuestion: '¿Cerrar la sesión en todos los dispositivos menos en este?',
  othersYes: 'Sí, cerrarlas',
  othersNo: 'No, volver',
  othersEnded: 'Las demás sesiones están cerradas.',
  loading: 'Buscando tus dispositivos',
  none: 'No tienes ninguna sesión abierta.',
  back: 'Volver a tu cuenta',
};
