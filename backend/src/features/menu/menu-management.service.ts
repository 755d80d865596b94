import { fieldError } from '#contract/field-errors.ts';
import { satoshiFromBitcoin } from '#contract/money.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import { inTransaction } from '../../database/transaction.ts';
import { changedMeanwhile, invalidInput, notFound } from '../../errors.ts';
import type { ExpectedVersion } from '../../http/expected-version.ts';
import type { Actor } from '../audit/audit.repository.ts';
import type { Audit } from '../audit/audit.service.ts';
import { presentMenuItem } from './menu.presenter.ts';
import * as repository from './menu.repository.ts';

interface MenuItemChanges {
  title?: string | undefined;
  description?: string | undefined;
  image?: string | undefined;
  /** In ₿. */
  price?: number | undefined;
  available?: boolean | undefined;
}

interface NewMenuItem {
  title: string;
  description: string;
  image: string;
  price: number;
}

interface ManagementDeps {
  db: Database;
  audit: Audit;
  clock: Clock;
}

/** What admins do with the menu. Every change is audited in its own transaction and answers the whole menu. */
export function createMenuManagement({ db, audit, clock }: ManagementDeps) {
  const subjectOf = (id: number) => ({ type: 'menu-item' as const, id });

  return {
    addItem: (item: NewMenuItem, actor: Actor): Promise<repository.MenuRecord[]> =>
      inTransaction(db, async (transaction) => {
        const { price, ...texts } = item;
        const id = await repository.insertItem(transaction, {
          ...texts,
          priceSatoshi: satoshiFromBitcoin(price),
        });
        await audit.record(transaction, {
          actor,
          action: 'menu-item.added',
          subject: subjectOf(id),
          details: { ...item },
        });
        return repository.findMenu(transaction);
      }),

    /** Changes what is given and nothing else. Throws `not_found`, `version_conflict`. */
    updateItem: (
      { id, changes, isExpected }: { id: number; changes: MenuItemChanges; isExpected: ExpectedVersion },
      actor: Actor,
    ): Promise<repository.MenuRecord[]> =>
      inTransaction(db, async (transaction) => {
        const { price, available, ...texts } = changes;
        const present = await repository.lockItem(transaction, id);
        if (!present) throw notFound('menu item');
        if (!isExpected(present.version)) throw changedMeanwhile(presentMenuItem(present));
        await repository.updateItem(transaction, id, {
          ...texts,
          ...(price !== undefined && { priceSatoshi: satoshiFromBitcoin(price) }),
          ...(available !== undefined && { isAvailable: available }),
        });
        await audit.record(transaction, {
          actor,
          action: 'menu-item.updated',
          subject: subjectOf(id),
          details: { ...changes },
        });
        return repository.findMenu(transaction);
      }),

    /** Orders that have it keep it. Throws `not_found`. */
    retireItem: (id: number, actor: Actor): Promise<repository.MenuRecord[]> =>
      inTransaction(db, async (transaction) => {
        if (!(await repository.lockItem(transaction, id))) throw notFound('menu item');
        await repository.retireItem(transaction, id, clock());
        await audit.record(transaction, {
          actor,
          action: 'menu-item.retired',
          subject: subjectOf(id),
          details: {},
        });
        return repository.findMenu(transaction);
      }),

    /** Throws `invalid_input` when the ids are not those of the whole menu, each once. */
    reorder: (menuIds: readonly number[], actor: Actor): Promise<repository.MenuRecord[]> =>
      inTransaction(db, async (transaction) => {
        const current = new Set((await repository.findMenu(transaction)).map(({ id }) => id));
        const given = new Set(menuIds);
        if (given.size !== menuIds.length || given.symmetricDifference(current).size > 0) {
          throw invalidInput([fieldError('menuIds', 'not_whole_menu')]);
        }
        for (const [index, id] of menuIds.entries()) await repository.moveItem(transaction, id, index + 1);
        const [first = 0] = menuIds;
        await audit.record(transaction, {
          actor,
          action: 'menu.reordered',
          subject: subjectOf(first),
          details: { menuIds },
        });
        return repository.findMenu(transaction);
      }),
  };
}

export type MenuManagement = ReturnType<typeof createMenuManagement>;
