export const about = {
  about: {
    title: 'We bake, you check',
    lead: 'JWT Pizza is a handful of people, a lot of wood, and one stubborn idea: an order you made is an order we keep.',
    chapters: [
      {
        title: 'The day the oven went quiet',
        text: [
          'On the eighth of April 2025 the pizza factory we all depend on began to refuse every order. For half an hour people pressed the button, got nothing, and pressed again. The orders were simply gone.',
          'The cure stood in the very first answer the factory gave us. It took a person thirty-two minutes to read it.',
        ],
      },
      {
        title: 'So we wrote everything down',
        text: [
          'Since that day the first thing we do with your order is to put it where no outage can reach it. Only then do we ask the factory. If it says no, we wait, ask again, and tell you your place in the queue.',
          'The factory may fall over, come back slow, or hand us dough without a signature. Your order outlives it.',
        ],
      },
      {
        title: 'Trust is a topping',
        text: [
          'Every pizza that leaves us carries the factory’s signature, and we check it before you see it. You can check it too. We like it when people do.',
          'If a pizza does not verify, it is not a pizza, and you do not pay for it. It really is that simple.',
        ],
      },
    ],
    motto: 'Slow is fine. Lost is not.',
    mottoBy: 'chalked above our oven',
  },
  history: {
    title: 'A short tale of round things',
    lead: 'Pizza has been around for a while. Signed pizza is a bit younger. Here is how the two met.',
    moments: [
      {
        when: 'Long ago',
        title: 'Flat bread, hot stones',
        text: 'People all around the Mediterranean bake flat bread and put on it whatever is at hand. Nobody takes notes, which is why everybody claims the invention.',
      },
      {
        when: '1500s',
        title: 'The tomato arrives',
        text: 'It crosses the ocean and is taken for poison at first. Naples is hungry and tries it anyway. Good call.',
      },
      {
        when: '1700s',
        title: 'The street belongs to pizza',
        text: 'Sellers carry it through Naples on their heads, folded in four, paid for eight days later if times are bad. Eventual consistency, with cheese.',
      },
      {
        when: '1889',
        title: 'A queen, they say',
        text: 'Tomato, mozzarella, basil: the story goes that one was made for Queen Margherita. The recipe has been verified many times since. Ours is spelled the way our baker says it.',
      },
      {
        when: '1905',
        title: 'Over the sea',
        text: 'New York gets its first pizzerias, with coal ovens and slices as big as a promise.',
      },
      {
        when: '2010',
        title: 'Two pizzas, ten thousand ₿',
        text: 'Somebody pays for two pizzas in bitcoin. It is the most expensive dinner ever eaten from a box, and the reason our prices have eight decimals.',
      },
      {
        when: '2015',
        title: 'The token gets its standard',
        text: 'A header, a payload, a signature, two dots. Three slices that nobody can swap. One of us looked at it for a long time and got hungry.',
      },
      {
        when: 'Since then',
        title: 'JWT Pizza',
        text: 'We open the first oven that signs what it bakes. Then comes the day it went quiet, and we learn to keep every order, whatever happens.',
      },
    ],
  },
} as const;
