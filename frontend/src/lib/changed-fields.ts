/**
 * Only the fields that were given another value. What a form shows besides may have been changed by somebody else since;
 * sending it would put the old value back.
 */
export function changedFields<T extends object>(before: T, after: T): Partial<T> {
  const changed = (Object.keys(after) as (keyof T)[]).filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, after[name]])) as Partial<T>;
}

export const hasFields = (fields: object): boolean => Object.keys(fields).length > 0;
