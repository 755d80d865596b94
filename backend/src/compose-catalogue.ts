import type { Clock } from './clock.ts';
import type { Database } from './database/pool.ts';
import type { Audit } from './features/audit/audit.service.ts';
import { createFranchiseManagement } from './features/franchises/franchise-management.service.ts';
import { createFranchiseRoutes } from './features/franchises/franchises.routes.ts';
import { createFranchises } from './features/franchises/franchises.service.ts';
import { createStoreRoutes } from './features/franchises/stores.routes.ts';
import { createStores } from './features/franchises/stores.service.ts';
import { createMenuRoutes } from './features/menu/menu.routes.ts';
import { createMenu } from './features/menu/menu.service.ts';
import { createMenuManagement } from './features/menu/menu-management.service.ts';
import type { Users } from './features/users/users.service.ts';

interface CatalogueDeps {
  db: Database;
  audit: Audit;
  users: Users;
  clock: Clock;
  publicUrl: string;
}

/** The part of the composition that says what is sold and where: the menu, franchises and their stores. */
export function composeCatalogue({ db, audit, users, clock, publicUrl }: CatalogueDeps) {
  const menu = createMenu(db);
  const franchises = createFranchises({ db, clock });
  const routes = [
    ...createMenuRoutes({ menu, management: createMenuManagement({ db, audit, clock }), publicUrl }),
    ...createFranchiseRoutes(franchises, createFranchiseManagement({ db, franchises, users, audit, clock })),
    ...createStoreRoutes(createStores({ db, menu, audit, clock })),
  ];
  return { menu, franchises, routes };
}
