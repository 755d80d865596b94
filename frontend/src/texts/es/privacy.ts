import type { privacy as english } from '../en/privacy.ts';
import type { Translation } from '../translation.ts';

export const privacy: Translation<typeof english> = {
  title: 'Lo que sabemos de ti',
  lead: 'Lo justo para hacer tu pizza. Aquí está todo: qué guardamos, para qué, durante cuánto tiempo y quién llega a verlo.',
  kept: {
    title: 'Qué guardamos',
    columns: { what: 'Qué', why: 'Para qué', howLong: 'Cuánto' },
    rows: [
      {
        what: 'Tu cuenta: nombre, correo electrónico y la contraseña en forma de hash que nadie puede revertir',
        why: 'Para saber de quién es la pizza y dejarte entrar',
        howLong: 'Hasta que la elimines',
      },
      {
        what: 'Las notas que escribes en una pizza',
        why: 'Para quien la prepara',
        howLong: 'Hasta que elimines tu cuenta',
      },
      {
        what: 'La pizza firmada, que lleva dentro tu nombre, tu correo y tus notas',
        why: 'Para que puedas enseñarla y comprobarla',
        howLong: 'Hasta que elimines tu cuenta',
      },
      {
        what: 'Qué pediste, dónde, cuándo y por cuánto',
        why: 'Para prepararlo y para las cuentas de la pizzería',
        howLong: 'Siempre, pero ya sin ti cuando eliminas tu cuenta',
      },
      {
        what: 'Cómo fue cada pedido, paso a paso, y nuestras llamadas a la fábrica',
        why: 'Para contártelo y para encontrar fallos',
        howLong: '180 días los pasos, 90 las llamadas',
      },
      {
        what: 'Una clave aleatoria que acompaña a cada pedido',
        why: 'Para que un pedido enviado dos veces se haga una sola',
        howLong: '30 días',
      },
      {
        what: 'Tus sesiones: cuándo entraste, desde qué dirección de red y con qué navegador',
        why: 'Para que veas dónde tienes la sesión abierta y puedas cerrarla',
        howLong: 'Hasta que sales, tras 7 días sin uso y como mucho 30',
      },
      {
        what: 'Intentos de contraseña: una dirección de red y un hash de la cuenta probada',
        why: 'Para que nadie adivine la tuya',
        howLong: 'Un día desde el último intento',
      },
      {
        what: 'Desde qué navegadores y redes has iniciado sesión, como hashes',
        why: 'Para que un extraño que prueba contraseñas no te deje fuera',
        howLong: '30 días desde la última vez',
      },
      {
        what: 'De nuestro personal y los franquiciados: quién cambió qué',
        why: 'Para poder responder de ello',
        howLong: '400 días',
      },
      {
        what: 'Un registro técnico con números de usuario y de pedido; sin nombres, contraseñas, notas ni tokens',
        why: 'Para que todo siga en marcha',
        howLong: 'Lo que el operador conserve sus registros',
      },
    ],
    settings: 'Quien opera este servicio puede haber fijado otros plazos.',
  },
  seen: {
    title: 'Quién lo ve',
    people: [
      {
        who: 'Tú',
        what: 'Todo. Es un solo archivo que puedes descargar desde la página de tu cuenta.',
      },
      {
        who: 'La pizzería',
        what: 'Lo que se pidió y tus notas. Ni tu nombre ni tu correo.',
      },
      {
        who: 'La fábrica de pizzas',
        what: 'Tu nombre, tu correo, tu número de usuario y tus pizzas con sus notas: todo eso lo firma dentro de la pizza. Es otra empresa, y lo que se le dijo se queda con ella.',
      },
      {
        who: 'Nuestros administradores',
        what: 'Nombres, correos y roles de las cuentas, y un pedido cuando ayudan con él. Quien cuida las máquinas ve números de pedido y de usuario.',
      },
      {
        who: 'Nadie más',
        what: 'Ni publicidad, ni estadísticas de terceros, ni rastreadores. Nosotros vendemos pizza.',
      },
    ],
  },
  browser: {
    title: 'Las cookies y lo que se queda en tu navegador',
    items: [
      {
        what: 'Una cookie de sesión',
        why: 'te mantiene dentro. Ningún script puede leerla; otra, sin nada dentro, dice a nuestras páginas que está ahí. Las dos desaparecen cuando sales.',
      },
      {
        what: 'Una cookie de dispositivo',
        why: 'dice que ya entraste con este navegador, para que un extraño que prueba contraseñas no pueda dejarte fuera. Dura 30 días.',
      },
      {
        what: 'Tu carrito, tu idioma, el tema claro u oscuro y la carta',
        why: 'se guardan en el propio navegador y no nos llegan hasta que pides.',
      },
    ],
    none: 'Eso es todo. Aquí nada viene de otro sitio, y por eso ningún aviso te pide consentimiento.',
  },
  rights: {
    title: 'Qué puedes hacer',
    text: [
      'En la página de tu cuenta puedes cambiar tu nombre y tu correo, descargar todo lo que guardamos de ti y eliminar la cuenta.',
      'Al eliminarla se borran tu nombre, tu correo, tus notas y tus tokens, y se cancela lo que aún espera. Casi siempre es inmediato; si algo lo impide, lo terminamos nosotros un momento después. Tus pedidos quedan como cifras para las pizzerías, y nadie puede saber de quién eran.',
      'Hay dos cosas que no podemos alcanzar: lo que se le dijo a la fábrica y las copias de la base de datos hechas antes. Esas se guardan bajo llave hasta que se sobrescriben.',
    ],
    account: 'Ir a tu cuenta',
  },
};
