import type { FoundReport } from '../fault-reports/found-report.ts';
import type { PizzaFactoryClient } from '../pizzas/pizza-factory.client.ts';
import type { PizzaMaker } from '../pizzas/pizza-signature.ts';

/** A factory we can ask: how to call it, how to know its pizzas, and what to think of its report URLs. */
export interface Factory {
  client: PizzaFactoryClient;
  maker: PizzaMaker;
  findReport: (reportUrl: string | undefined) => FoundReport | undefined;
}
