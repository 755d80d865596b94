import type { SessionUser } from '../../http/authenticate.ts';
import { isAdmin } from '../../http/authorize.ts';
import type { Reader } from './orders.service.ts';

/** An admin reads anybody's order, everybody else their own. */
export function readerOf(orderId: number, user: SessionUser): Reader {
  return { orderId, dinerId: isAdmin(user) ? undefined : user.id };
}
