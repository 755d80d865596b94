import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/pool.ts';
import { notFound } from '../../errors.ts';
import * as repository from './sessions.repository.ts';

/** Where somebody is logged in, for themselves to see and to end (S47). Opening and checking sessions is features/auth. */
export function createSessions({ db, clock }: { db: Database; clock: Clock }) {
  return {
    listSessions: (userId: number): Promise<repository.SessionRecord[]> =>
      repository.findSessions(db, { userId, now: clock() }),

    /** Throws `not_found`, also for the session of another. */
    async endSession(session: { id: string; userId: number }): Promise<void> {
      if (!(await repository.deleteSession(db, session))) throw notFound('session');
    },

    /** Ends all of this user's sessions but this one. */
    endOthers: (session: { id: string; userId: number }): Promise<void> =>
      repository.deleteOtherSessions(db, session),
  };
}

export type Sessions = ReturnType<typeof createSessions>;
