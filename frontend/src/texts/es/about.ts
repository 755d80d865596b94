import type { about as english } from '../en/about.ts';
import type { Translation } from '../translation.ts';

export const about: Translation<typeof english> = {
  about: {
    title: 'Nosotros horneamos, tú compruebas',
    lead: 'JWT Pizza es un puñado de gente, mucha leña y una idea testaruda: el pedido que haces es un pedido que guardamos.',
    chapters: [
      {
        title: 'El día en que el horno se calló',
        text: [
          'El ocho de abril de 2025, la fábrica de pizzas de la que dependemos todos empezó a rechazar cada pedido. Durante media hora la gente pulsó el botón, no recibió nada y volvió a pulsar. Los pedidos, sencillamente, desaparecieron.',
          'El remedio estaba en la primera respuesta que nos dio la fábrica. Una persona tardó treinta y dos minutos en leerla.',
        ],
      },
      {
        title: 'Así que empezamos a anotarlo todo',
        text: [
          'Desde aquel día, lo primero que hacemos con tu pedido es ponerlo donde ninguna avería lo alcance. Solo entonces llamamos a la fábrica. Si dice que no, esperamos, volvemos a llamar y te contamos cómo va la cola.',
          'La fábrica puede caerse, volver a paso de tortuga o darnos masa sin firmar. Tu pedido la sobrevive.',
        ],
      },
      {
        title: 'La confianza también es un ingrediente',
        text: [
          'Cada pizza que sale de aquí lleva la firma de la fábrica, y la comprobamos antes de que la veas. Tú también puedes comprobarla. Nos encanta que lo hagas.',
          'Si una pizza no se puede verificar, no es una pizza, y no la pagas. Así de sencillo, de verdad.',
        ],
      },
    ],
    motto: 'Lento, vale. Perdido, jamás.',
    mottoBy: 'escrito con tiza sobre nuestro horno',
  },
  history: {
    title: 'Breve historia de las cosas redondas',
    lead: 'La pizza lleva mucho tiempo entre nosotros. La pizza firmada es un poco más joven. Así se conocieron.',
    moments: [
      {
        when: 'Hace mucho',
        title: 'Pan plano, piedras calientes',
        text: 'Por todo el Mediterráneo la gente hornea panes planos y les pone encima lo que haya a mano. Nadie toma nota, y por eso todos dicen que lo inventaron ellos.',
      },
      {
        when: 'Siglo XVI',
        title: 'Llega el tomate',
        text: 'Cruza el océano y al principio lo toman por veneno. Nápoles tiene hambre y lo prueba igual. Menos mal.',
      },
      {
        when: 'Siglo XVIII',
        title: 'La calle es de la pizza',
        text: 'Los vendedores la llevan por Nápoles sobre la cabeza, doblada en cuatro, y si los tiempos son malos se paga a los ocho días. Consistencia eventual, con queso.',
      },
      {
        when: '1889',
        title: 'Dicen que fue una reina',
        text: 'Tomate, mozzarella y albahaca: cuentan que así se hizo una para la reina Margarita. La receta se ha verificado muchas veces desde entonces. La nuestra se escribe como la dice nuestro pizzero.',
      },
      {
        when: '1905',
        title: 'Al otro lado del mar',
        text: 'Nueva York abre sus primeras pizzerías, con hornos de carbón y porciones grandes como una promesa.',
      },
      {
        when: '2010',
        title: 'Dos pizzas, diez mil ₿',
        text: 'Alguien paga dos pizzas en bitcoin. Es la cena más cara que jamás se comió de una caja, y la razón de que nuestros precios tengan ocho decimales.',
      },
      {
        when: '2015',
        title: 'El token estrena estándar',
        text: 'Una cabecera, un contenido, una firma, dos puntos. Tres porciones que nadie puede cambiar. Uno de nosotros se quedó mirándolo un buen rato y le entró hambre.',
      },
      {
        when: 'Desde entonces',
        title: 'JWT Pizza',
        text: 'Encendemos el primer horno que firma lo que hornea. Luego llega el día en que se calló, y aprendemos a guardar cada pedido, pase lo que pase.',
      },
    ],
  },
};
