import type { AccountTables } from './schema/account-tables.ts';
import type { CatalogueTables } from './schema/catalogue-tables.ts';
import type { FactoryTables } from './schema/factory-tables.ts';
import type { NodeTables } from './schema/node-tables.ts';
import type { OrderTables } from './schema/order-tables.ts';

/** What each table holds, as the migrations made it. DECIMAL columns are texts: see contract/money.ts. */
export interface Schema extends AccountTables, CatalogueTables, OrderTables, FactoryTables, NodeTables {}
