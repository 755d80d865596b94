import type { Generated } from 'kysely';
import type { Role } from '#contract/users.ts';

interface UsersTable {
  id: Generated<number>;
  name: string;
  email: string | null;
  email_key: string | null;
  password_hash: string | null;
  created_at: Generated<Date>;
  deleted_at: Date | null;
  /** Nothing of a deleted user is left since; null: something may be. */
  erased_at: Date | null;
  erasure_lease_until: Date | null;
}

interface UserRolesTable {
  user_id: number;
  role: Role;
  object_id: Generated<number>;
}

interface SessionsTable {
  id: string;
  user_id: number;
  created_at: Generated<Date>;
  expires_at: Date;
  last_used_at: Date | null;
  address: string | null;
  user_agent: string | null;
}

interface LogInPlacesTable {
  user_id: number;
  place: string;
  last_log_in_at: Date;
}

interface LogInTriesTable {
  account_key: string;
  tries: number;
  blocked_until: Date;
  updated_at: Date;
}

interface AddressWindowsTable {
  address: string;
  window_start: Date;
  hits: number;
}

/** Users, their sessions, and what log-ins are counted by. */
export interface AccountTables {
  users: UsersTable;
  user_roles: UserRolesTable;
  sessions: SessionsTable;
  log_in_places: LogInPlacesTable;
  log_in_tries: LogInTriesTable;
  address_windows: AddressWindowsTable;
}
