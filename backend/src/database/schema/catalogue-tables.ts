import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

interface MenuItemsTable {
  id: Generated<number>;
  title: string;
  description: string;
  image: string;
  price: string;
  position: number;
  is_available: ColumnType<number, boolean | undefined, boolean>;
  version: Generated<number>;
  retired_at: Date | null;
}

interface FranchisesTable {
  id: Generated<number>;
  name: string;
  closed_at: Date | null;
  open_name: GeneratedAlways<string | null>;
  open_key: GeneratedAlways<string | null>;
  version: Generated<number>;
  created_at: Generated<Date>;
}

interface StoresTable {
  id: Generated<number>;
  franchise_id: number;
  name: string;
  time_zone: Generated<string>;
  opening_hours: ColumnType<unknown, string | null | undefined, string | null>;
  paused_until: Date | null;
  archived_at: Date | null;
  version: Generated<number>;
  created_at: Generated<Date>;
}

interface StoreSoldOutTable {
  store_id: number;
  menu_id: number;
}

/** What is sold, and where. */
export interface CatalogueTables {
  menu_items: MenuItemsTable;
  franchises: FranchisesTable;
  stores: StoresTable;
  store_sold_out: StoreSoldOutTable;
}
