import { describe, expect, it } from '@jest/globals';
import { double, integer, option, property } from 'fast-check';
import { toSatoshi } from '#contract/money.ts';
import {
  ATTEMPT_OUTCOMES,
  type AttemptOutcome,
  ORDER_STATES,
  type OrderState,
} from '#contract/order-lifecycle.ts';
import { holds } from '../../../../test/support/holds.ts';
import { type HistoryStep, historyIsPath } from '../../../../test/support/order-rows.ts';
import { checkLines } from '../../orders/check-order.ts';
import { agreeOnPrices } from '../../orders/price-agreement.ts';
import { classifyReply, isAnsweredFailure } from '../pizzas/attempt-outcome.ts';
import type { FactoryReply } from '../pizzas/pizza-factory.client.ts';
import { backOffMs } from './retry-schedule.ts';

describe('the retry schedule', () => {
  const chance = double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const ceilingOf = (failures: number): number => Math.min(30_000, 500 * 2 ** failures);

  it('a wait is between nothing and min(30 s, 0.5 s * 2^n), whatever the chance', () => {
    holds(
      property(integer({ min: 0, max: 100_000 }), chance, (failures, random) => {
        const wait = backOffMs({ failures, random: () => random });
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(ceilingOf(failures));
      }),
    );
  });

  it('the jitter is full: chance alone decides where in that range a wait lies', () => {
    holds(
      property(integer({ min: 0, max: 20 }), chance, (failures, random) => {
        expect(backOffMs({ failures, random: () => random })).toBe(Math.round(random * ceilingOf(failures)));
      }),
    );
  });

  it('Retry-After is the least a wait may be, up to 30 s', () => {
    holds(
      property(
        integer({ min: 0, max: 20 }),
        option(integer({ min: 0, max: 10_000_000 })),
        chance,
        (failures, retryAfter, random) => {
          const retryAfterMs = retryAfter ?? undefined;
          const wait = backOffMs({ failures, retryAfterMs, random: () => random });
          expect(wait).toBeGreaterThanOrEqual(Math.min(retryAfterMs ?? 0, 30_000));
          expect(wait).toBeLessThanOrEqual(30_000);
        },
      ),
    );
  });
});

describe('the name of an outcome', () => {
  const timing = { startedAt: new Date(0), connectMs: undefined, firstByteMs: 10, totalMs: 20 };
  const answer = (status: number, body: object | undefined = {}, totalMs = 20): FactoryReply =>
    ({
      kind: 'answer',
      status,
      body,
      retryAfterMs: undefined,
      timing: { ...timing, totalMs },
    }) as FactoryReply;
  const link = { reportUrl: 'https://factory.example.com/api/support/key/report/code' };

  it.each<[string, FactoryReply, 'valid' | 'bad_signature' | 'no_keys' | undefined, AttemptOutcome]>([
    ['a good pizza', answer(200, { jwt: 'x' }), 'valid', 'made'],
    ['a good pizza with a report link', answer(200, { jwt: 'x', ...link }), 'valid', 'made_slow'],
    ['a good pizza after 5 s', answer(200, { jwt: 'x' }, 5001), 'valid', 'made_slow'],
    ['a good pizza just within 5 s', answer(201, { jwt: 'x' }, 5000), 'valid', 'made'],
    ['a bad pizza', answer(200, { jwt: 'x' }), 'bad_signature', 'bad_pizza'],
    ['a bad pizza with a report link', answer(200, { jwt: 'x', ...link }), 'bad_signature', 'bad_pizza'],
    ['a pizza nobody can check', answer(200, { jwt: 'x' }), 'no_keys', 'error'],
    [
      'a good status with an unusable body',
      { ...answer(200), body: undefined } as FactoryReply,
      undefined,
      'error',
    ],
    ['500 with a report link', answer(500, link), undefined, 'refused'],
    ['503 with a report link', answer(503, link), undefined, 'refused'],
    ['500', answer(500), undefined, 'error'],
    ['502 with an unusable body', { ...answer(502), body: undefined } as FactoryReply, undefined, 'error'],
    ['503', answer(503), undefined, 'busy'],
    ['429', answer(429), undefined, 'busy'],
    ['400', answer(400), undefined, 'rejected'],
    ['404', answer(404), undefined, 'rejected'],
    ['422', answer(422), undefined, 'rejected'],
    ['401', answer(401), undefined, 'key_refused'],
    ['403', answer(403), undefined, 'key_refused'],
    ['302', answer(302), undefined, 'error'],
    ['a cut line', { kind: 'unreachable', cause: 'ECONNRESET', timing }, undefined, 'unreachable'],
    ['no answer in time', { kind: 'timeout', cause: 'late', timing }, undefined, 'timeout'],
  ])('of %s is told right', (_circumstance, reply, verdict, outcome) => {
    expect(classifyReply(reply, verdict)).toBe(outcome);
  });

  it('counts against the patience with the factory only when it answered, and badly', () => {
    expect(ATTEMPT_OUTCOMES.filter(isAnsweredFailure)).toEqual(['bad_pizza', 'refused', 'error', 'busy']);
  });
});

describe('the price agreement', () => {
  const item = (priceSatoshi: number) => ({
    id: 1,
    title: 'Veggie',
    description: '',
    image: '',
    priceSatoshi: toSatoshi(priceSatoshi),
    isAvailable: true,
    version: 1,
  });
  const amount = integer({ min: 0, max: 10_000_000_000 });

  it('S23: a diner never pays more than they agreed to and never less than the menu says', () => {
    holds(
      property(amount, amount, integer({ min: 1, max: 20 }), (menuPrice, agreed, quantity) => {
        const menu = new Map([[1, item(menuPrice)]]);
        const items = [{ menuId: 1, price: agreed / 100_000_000, quantity }];
        const place = () => agreeOnPrices(checkLines(items, menu));
        if (agreed < menuPrice) {
          expect(place).toThrow(expect.objectContaining({ code: 'price_changed' }));
        } else {
          expect(place().map(({ priceSatoshi }) => priceSatoshi)).toEqual(Array(quantity).fill(menuPrice));
        }
      }),
    );
  });

  it('names each dearer line, and each pizza of the menu once', () => {
    const menu = new Map([[1, item(500)]]);
    const items = [0, 0.000005, 0.000001].map((price) => ({ menuId: 1, price, quantity: 1 }));
    expect(() => agreeOnPrices(checkLines(items, menu))).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({
          errors: [
            expect.objectContaining({ path: 'items.0.price' }),
            expect.objectContaining({ path: 'items.2.price' }),
          ],
          extension: { prices: [{ menuId: 1, price: 0.000005 }] },
        }),
      }),
    );
  });
});

describe('the check of histories that tests rely on', () => {
  const walk = (...states: OrderState[]): HistoryStep[] =>
    states.map((to, index) => ({ from: states[index - 1] ?? null, to, cause: 'x', fence: index + 1 }));

  it.each([
    [walk('making', 'ready'), true],
    [walk('making', 'waiting', 'making', 'failed', 'waiting', 'cancelled'), true],
    [walk(), false],
    [walk('waiting', 'making', 'ready'), true],
    [walk('ready'), false],
    [walk('failed', 'waiting'), false],
    [walk('making', 'ready', 'failed'), false],
    [walk('making', 'cancelled', 'waiting'), false],
    [walk('making', 'waiting', 'ready'), false],
    [walk('making', 'making'), false],
    [[...walk('making'), { from: 'waiting', to: 'making', cause: 'x', fence: 2 } as const], false],
    [walk('making', 'ready').map((step) => ({ ...step, fence: 1 })), false],
  ])('history %# is told right', (history, isPath) => {
    expect(historyIsPath(history)).toBe(isPath);
  });

  it('knows every state', () => {
    for (const state of ORDER_STATES)
      expect(() =>
        historyIsPath([...walk('making'), { from: state, to: state, cause: 'x', fence: 2 }]),
      ).not.toThrow();
  });
});
