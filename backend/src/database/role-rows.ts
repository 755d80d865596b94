import type { Role, RoleAssignment } from '#contract/users.ts';

/** Roles of rows that came from a left join with `user_roles`: no role is one row of nulls. */
export function rolesOf(rows: readonly { role: Role | null; object_id: number | null }[]): RoleAssignment[] {
  return rows.flatMap(({ role, object_id }) => {
    if (role === null) return [];
    return [{ role, ...(object_id ? { objectId: object_id } : {}) }];
  });
}
