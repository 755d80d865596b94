import { describe, expect, it } from '@jest/globals';
import { catalogues, type OtherPages } from '../texts/catalogue.ts';
import { bindTexts } from './bind-texts.ts';

const english = bindTexts<OtherPages>(await catalogues.en.otherPages(), 'en-US');
const spanish = bindTexts<OtherPages>(await catalogues.es.otherPages(), 'es-ES');

describe('texts bound to a language', () => {
  it.each([
    [0, '0 pizzas', '0 pizzas'],
    [1, '1 pizza', '1 pizza'],
    [2, '2 pizzas', '2 pizzas'],
  ])('count %d pizzas by the rules of the language', (count, inEnglish, inSpanish) => {
    expect([english.cart.count({ count }), spanish.cart.count({ count })]).toEqual([inEnglish, inSpanish]);
  });

  it.each([
    [1, 'Hay una pizzería'],
    [2, 'Hay 2 pizzerías'],
    [1_000_000, 'Hay 1.000.000 pizzerías'],
  ])('agree with %d in Spanish', (count, text) => {
    expect(spanish.menu.stores.found({ count })).toBe(text);
  });

  it('fill in names as they are', () => {
    const store = 'O’Neill & {Söhne}';
    expect(english.cart.behind({ count: 1, store })).toBe(`One pizza waits in your cart at ${store}.`);
    expect(spanish.cart.behind({ count: 2, store })).toBe(`2 pizzas te esperan en tu carrito de ${store}.`);
  });

  it('write numbers as the locale does', () => {
    expect(english.homeStory.stores.all({ count: 12_345 })).toBe('All 12,345 stores');
    expect(spanish.homeStory.stores.all({ count: 12_345 })).toBe('Las 12.345 pizzerías');
  });

  it('keep lists and plain texts as they are', () => {
    expect(english.checkout.how).toHaveLength(3);
    expect(english.checkout.pay).toBe('Pay now');
  });
});
