import type { ExportedOrder } from '#contract/orders.ts';
import { readOwnData } from '#contract/own-data.ts';
import type { OwnSession } from '#contract/sessions.ts';
import type { User } from '#contract/users.ts';
import type { SessionUser } from '../../http/authenticate.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import { presentUser } from './users.presenter.ts';

interface Action {
  at: Date;
  action: string;
  subject: { type: string; id: number };
  details: Record<string, unknown>;
}

interface OwnDataDeps {
  findCreationTime: (userId: number) => Promise<Date>;
  listSessions: (user: SessionUser) => Promise<OwnSession[]>;
  exportOrders: (dinerId: number) => AsyncIterable<ExportedOrder>;
  findActions: (actorId: number) => AsyncIterable<Action>;
}

/** What somebody did, without the names of others. */
async function* presentActions(actions: AsyncIterable<Action>) {
  for await (const { at, action, subject, details } of actions) {
    yield { at: at.toISOString(), action, subject: { type: subject.type, id: subject.id }, details };
  }
}

export function createOwnDataRoutes(deps: OwnDataDeps): Route[] {
  const accountOf = async (user: User) => ({
    ...presentUser(user),
    createdAt: (await deps.findCreationTime(user.id)).toISOString(),
  });
  return [
    route(readOwnData).handledBy(async ({ user }) => {
      return {
        status: 200,
        body: {
          account: await accountOf(user),
          sessions: await deps.listSessions(user),
        },
        lists: { orders: deps.exportOrders(user.id), actions: presentActions(deps.findActions(user.id)) },
        headers: { 'Content-Disposition': 'attachment; filename="jwt-pizza-my-data.json"' },
      };
    }),
  ];
}
