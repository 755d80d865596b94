import type { docs as english } from '../en/docs.ts';
import type { Translation } from '../translation.ts';

export const docs: Translation<typeof english> = {
  title: 'El recetario',
  lead: 'Todas las llamadas de nuestro servicio, con un ejemplo para copiar o probar aquí mismo. Lo que hace la tienda lo puede hacer tu código.',
  version: 'Versión {version}',
  loading: 'Abriendo el recetario',
  session: 'hay que entrar',
  open: 'abierta a todos',
  example: 'Ejemplo',
  response: 'Respuesta',
  tryIt: {
    title: 'Pruébala',
    address: 'Dirección',
    body: 'Cuerpo (JSON)',
    hint: 'Es una llamada de verdad, en nombre de quien tiene aquí la sesión abierta.',
    send: 'Enviar',
    sending: 'En camino',
    offline: 'No hemos podido llegar al servicio. ¿Tienes conexión?',
  },
  unknown: {
    title: 'No está en nuestro recetario',
    lead: 'Solo apuntamos nuestro propio servicio. Por los demás, pregunta a quienes los hornean.',
    ours: 'Nuestras recetas',
  },
};
