import type { auth as english } from '../en/auth.ts';
import type { Translation } from '../translation.ts';

export const auth: Translation<typeof english> = {
  name: 'Nombre completo',
  email: 'Correo electrónico',
  password: 'Contraseña',
  passwordHint: 'Al menos 8 caracteres. Una frase sobre queso funciona muy bien.',
  login: {
    title: 'De vuelta por otra porción',
    lead: 'Tus pizzas, tus favoritas y tu pasado siguen donde los dejaste.',
    submit: 'Entrar',
    other: '¿Es tu primera vez?',
    otherLink: 'Crea una cuenta',
    needed: 'Entra y seguimos justo donde estabas. Tu carrito te espera.',
    refused:
      'Este correo y esta contraseña no van juntos. Revisa los dos; casi siempre es el bloqueo de mayúsculas.',
  },
  register: {
    title: 'Toma asiento',
    lead: 'Un nombre para la caja, un correo para el recibo y una contraseña para lo demás. No pedimos más.',
    submit: 'Crear cuenta',
    other: '¿Ya eres de la casa?',
    otherLink: 'Entra con tu cuenta',
    taken: 'Ya hay una cuenta con este correo.',
  },
  logout: {
    title: 'Hasta la próxima porción',
    lead: 'Has cerrado la sesión. El horno se queda caliente.',
    again: 'Volver al inicio',
    failed: 'Todavía no has salido',
    working: 'Colgando tu delantal…',
  },
  session: {
    ended: 'Tu sesión ha terminado',
    goOn: 'Vuelve a entrar y seguimos justo donde estabas: no se pierde nada de lo que escribiste.',
    leave: 'Ahora no',
    changed: 'Ahora la sesión es de {name}. Lo que otra persona tenía abierto aquí se ha cerrado.',
  },
  account: {
    title: 'Tu cuenta',
    name: 'Nombre',
    email: 'Correo',
    roles: 'Aquí eres',
    role: { diner: 'Comensal', franchisee: 'Franquiciado', admin: 'Admin' },
    edit: 'Editar',
    update: 'Actualizar',
    cancel: 'Cancelar',
    saved: 'Guardado.',
    sessions: 'Dónde tienes la sesión abierta',
    newPassword: 'Contraseña nueva',
    newPasswordHint: 'Déjala vacía para conservar la que tienes.',
    currentPassword: 'Contraseña actual',
    currentPasswordHint:
      'Hace falta para cambiar el correo o la contraseña. Los demás dispositivos cerrarán la sesión.',
    download: 'Descargar mis datos',
    deletion: {
      start: 'Eliminar la cuenta',
      consequences:
        'Se borran tu nombre, tu correo, tus notas y tus tokens, se cancelan las pizzas que aún esperan, y nadie puede deshacerlo. Si quieres conservar tus datos, descárgalos antes.',
      confirmation: 'Escribe tu correo electrónico',
      mismatch: 'Esto no es {email}.',
      passwordHint: 'Entraste hace un rato; así nos aseguramos de que eres tú.',
      confirm: 'Eliminar para siempre',
      keep: 'Conservar mi cuenta',
      lastAdmin: 'Eres el último administrador. Nombra antes a otro.',
    },
    gone: {
      title: 'Arrivederci',
      lead: 'Tu cuenta está eliminada. La puerta sigue abierta por si vuelve el hambre.',
      home: 'Volver al inicio',
    },
  },
  markedFields: 'Échales un ojo a los campos marcados.',
  missing: {
    name: 'Dinos tu nombre; va en la caja.',
    email: 'Nos hace falta tu correo electrónico.',
    password: 'Hace falta una contraseña.',
  },
};
