import { listAuditEntries } from '#contract/operations.ts';
import { type Route, route } from '../../http/endpoint-router.ts';
import type { Audit } from './audit.service.ts';

export function createAuditRoutes(audit: Audit): Route[] {
  return [
    route(listAuditEntries).handledBy(async ({ query }) => {
      const { from, to, ...rest } = query;
      const { entries, more } = await audit.listEntries({
        ...rest,
        from: from === undefined ? undefined : new Date(from),
        to: to === undefined ? undefined : new Date(to),
      });
      return {
        status: 200,
        body: { entries: entries.map((entry) => ({ ...entry, at: entry.at.toISOString() })), more },
      };
    }),
  ];
}
