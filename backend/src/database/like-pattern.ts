import { type Expression, type SqlBool, sql } from 'kysely';

/** `*` of a filter becomes SQL's `%`; the pattern characters of SQL itself stand for themselves. */
function likePattern(filter: string): string {
  return filter.replace(/[\\%_]/g, (character) => `\\${character}`).replaceAll('*', '%');
}

/**
 * A text without regard to case, as Unicode folds it: `STRASSE` is the upper case of `Straße`. Compared byte by byte,
 * because the collation of our columns takes any two emoji for one letter, and accents for none.
 */
const folded = (text: Expression<unknown>) =>
  sql`replace(lower(upper(${text} collate utf8mb4_unicode_520_ci)), 'ß', 'ss') collate utf8mb4_bin`;

/** Whether a column fits a filter, without regard to case and to nothing else. */
export function fitsFilter(column: string, filter: string): Expression<SqlBool> {
  return sql<SqlBool>`${folded(sql.ref(column))} like ${folded(sql`${likePattern(filter)}`)}`;
}
