import type { AuditAction, AuditSubject } from '#contract/operations.ts';
import { useApi } from '../../../lib/use-api.ts';

const ENTRIES_A_PAGE = 20;
const SUGGESTIONS = 8;

export interface AuditFilter {
  actorId?: number | undefined;
  action?: AuditAction | undefined;
  subjectType?: AuditSubject | undefined;
  subjectId?: number | undefined;
  /** Days of the reader's own calendar, both included. */
  fromDay?: string | undefined;
  toDay?: string | undefined;
}

/** The moment a day of the reader's calendar begins, some days later. */
function beginOf(day: string, daysLater = 0): string {
  const begin = new Date(`${day}T00:00`);
  begin.setDate(begin.getDate() + daysLater);
  return begin.toISOString();
}

/** One page of the entries that fit; the first page is 1. */
export function useAuditEntries(page: number, filter: AuditFilter) {
  const { fromDay, toDay, subjectType, subjectId, ...rest } = filter;
  const query = {
    ...rest,
    page,
    limit: ENTRIES_A_PAGE,
    subjectType,
    // A number alone says nothing: franchises and stores have the same ones.
    subjectId: subjectType === undefined ? undefined : subjectId,
    from: fromDay && beginOf(fromDay),
    to: toDay && beginOf(toDay, 1),
  };
  return useApi('GET /api/operations/audit', {
    queryKey: ['audit', query],
    // What somebody did a moment ago is what one looks for here.
    staleTime: 0,
    query,
    keepsPrevious: true,
  });
}

/** A few users whose name or address holds what was typed. */
export const useActorSuggestions = (filter: string) =>
  useApi('GET /api/user', {
    queryKey: ['users', 'suggested', filter],
    enabled: filter !== '',
    query: { page: 1, limit: SUGGESTIONS, name: `*${filter}*` },
    keepsPrevious: true,
  });
