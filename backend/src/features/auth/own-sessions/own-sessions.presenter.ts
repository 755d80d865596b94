import type { OwnSession } from '#contract/sessions.ts';
import type { SessionRecord } from '../sessions.repository.ts';
import { nameDevice } from './device-name.ts';

export function presentSession(session: SessionRecord, currentId: string): OwnSession {
  return {
    id: session.id,
    isCurrent: session.id === currentId,
    ...nameDevice(session.userAgent),
    address: session.address,
    openedAt: session.openedAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    endsAt: session.expiresAt.toISOString(),
  };
}
