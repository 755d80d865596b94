import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { createPizzaOven, type PizzaOven } from '../../factory-simulator/pizza-oven.ts';
import { makeSigningKey } from '../../factory-simulator/signing-key.ts';
import type { ReportReply } from '../../src/features/fulfillment/fault-reports/fault-report.client.ts';
import type {
  FactoryOrder,
  FactoryReply,
  PizzaFactoryClient,
} from '../../src/features/fulfillment/pizzas/pizza-factory.client.ts';
import type { Answer, Mode } from './history.ts';

export const ISSUER = 'model';
export const API_KEY = 'model-key';
const REPORT_MS = 1;

/** One call for an order, as the factory saw it. Moments are numbers that grow with everything that happens. */
export interface Call {
  orderId: number;
  node: string;
  startedAt: number;
  endedAt: number | undefined;
  /** The pizza it made, whether or not anybody heard of it. */
  pizza: string | undefined;
  /** Answers it, when it is still pending. */
  answer(as: Answer): void;
  /** The factory ends it for itself: its caller is gone. */
  abandon(isBaked: boolean): Promise<void>;
}

/** Moments of a history, and every call made in it. */
export class Journal {
  readonly calls: Call[] = [];
  #now = 0;

  tick(): number {
    this.#now += 1;
    return this.#now;
  }

  pending(): Call[] {
    return this.calls.filter(({ endedAt }) => endedAt === undefined);
  }
}

/** The keys all factories of the model sign with: made once, for it takes long. */
export async function makeKeys() {
  const oven = await createPizzaOven(await makeSigningKey(), ISSUER);
  const keys = createLocalJWKSet(oven.jwks as JSONWebKeySet);
  const foreign = await oven.bake({
    vendor: { id: 'model', name: 'Model' },
    diner: { id: 0 },
    order: { id: 0 },
  });
  return { oven, keys, foreign };
}
export type Keys = Awaited<ReturnType<typeof makeKeys>>;

type AnswerReply = Extract<FactoryReply, { kind: 'answer' }>;

interface FactoryDeps {
  origin: string;
  /** What it does first. */
  mode: Mode;
  keys: Keys;
  journal: Journal;
  /** Told when a call begins to wait. */
  onPending: () => void;
}

const bake = (oven: PizzaOven, { diner, order }: FactoryOrder): Promise<string> =>
  oven.bake({ vendor: { id: 'model', name: 'Model' }, diner, order });

/** A factory in this process: what it answers is switched, and calls wait for as long as a history wants. */
export function createModelFactory({ origin, mode, keys, journal, onPending }: FactoryDeps) {
  const state = { mode, reportWorks: true };
  const reportUrl = `${origin}/api/support/${API_KEY}/report/a-code`;

  function reply(startedAt: Date, status: number, body: Record<string, string> = {}): AnswerReply {
    const timing = { startedAt, connectMs: undefined, firstByteMs: 1, totalMs: 1 };
    return { kind: 'answer', status, body, retryAfterMs: undefined, timing };
  }

  /** What the factory says; a call without an order is a probe. */
  async function replyTo(as: Answer, startedAt: Date, baked: () => Promise<string>): Promise<FactoryReply> {
    switch (as) {
      case 'good':
        return reply(startedAt, 200, { jwt: await baked() });
      case 'good_slow':
        return reply(startedAt, 200, { jwt: await baked(), reportUrl });
      case 'bad_pizza':
        return reply(startedAt, 200, { jwt: 'no.pizza.really', reportUrl });
      case 'wrong_order':
        return reply(startedAt, 200, { jwt: keys.foreign, reportUrl });
      case 'refused':
        return reply(startedAt, 500, { message: 'refused', reportUrl });
      case 'error':
        return reply(startedAt, 500);
      case 'busy':
        return { ...reply(startedAt, 429), retryAfterMs: 1_000 };
      case 'rejected':
        return reply(startedAt, 422);
      case 'key_refused':
        return reply(startedAt, 401);
      default:
        return {
          kind: as,
          cause: as,
          timing: { startedAt, connectMs: undefined, firstByteMs: undefined, totalMs: 1 },
        };
    }
  }

  function enter(order: FactoryOrder, node: string): Promise<FactoryReply> {
    const startedAt = new Date();
    const answered = Promise.withResolvers<FactoryReply>();
    const bakeNow = async (): Promise<string> => {
      call.pizza = await bake(keys.oven, order);
      return call.pizza;
    };
    const call: Call = {
      orderId: order.order.id,
      node,
      startedAt: journal.tick(),
      endedAt: undefined,
      pizza: undefined,
      answer: (as) => {
        call.endedAt = journal.tick();
        answered.resolve(replyTo(as, startedAt, bakeNow));
      },
      abandon: async (isBaked) => {
        call.endedAt = journal.tick();
        if (isBaked) await bakeNow();
      },
    };
    journal.calls.push(call);
    if (state.mode === 'silent') onPending();
    else call.answer(state.mode);
    return answered.promise;
  }

  return {
    origin,
    state,
    /** What a node calls it by. */
    clientOf: (node: string): PizzaFactoryClient => ({
      origin,
      makePizza: (order) => enter(order, node),
      // A healthy factory finds the empty order malformed.
      probe: () => {
        const { mode } = state;
        const isWell = mode === 'good' || mode === 'silent' || mode === 'rejected';
        const now = new Date();
        return isWell ? Promise.resolve(reply(now, 400)) : replyTo(mode, now, async () => 'no.pizza.really');
      },
      close: async () => undefined,
    }),
    async report(): Promise<ReportReply> {
      if (state.reportWorks) state.mode = 'good';
      return { kind: 'answered', status: 200, isOk: true, totalMs: REPORT_MS };
    },
  };
}

export type ModelFactory = ReturnType<typeof createModelFactory>;
