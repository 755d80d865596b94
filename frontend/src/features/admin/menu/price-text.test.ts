import { expect, it } from '@jest/globals';
import { priceOfText, textOfPrice } from './price-text.ts';

it.each([
  ['0.0042', 0.0042],
  ['0,00000001', 0.00000001],
  [' 20 ', 20],
  ['0', undefined],
  ['-1', undefined],
  ['0.000000001', undefined],
  ['1.000,5', undefined],
  ['1e-3', undefined],
  ['', undefined],
])('the price %j that was typed is %s', (text, price) => {
  expect(priceOfText(text)).toBe(price);
});

it.each([
  [0.0042, '0.0042'],
  [0.00000001, '0.00000001'],
  [20, '20'],
  [100, '100'],
])('the price %s is shown as %s and typed back the same', (price, text) => {
  expect(textOfPrice(price)).toBe(text);
  expect(priceOfText(text)).toBe(price);
});
