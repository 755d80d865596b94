import { type Kysely, sql } from 'kysely';

// MySQL has no `if not exists` for columns and indexes, and what broke off half-way is done again.

interface Named {
  table: string;
  name: string;
}

async function isListed(
  db: Kysely<unknown>,
  list: 'columns' | 'statistics',
  { table, name }: Named,
): Promise<boolean> {
  const column = list === 'columns' ? sql`column_name` : sql`index_name`;
  const { rows } = await sql`
    select 1 from ${sql.table(`information_schema.${list}`)}
    where table_schema = database() and table_name = ${table} and ${column} = ${name} limit 1`.execute(db);
  return rows.length > 0;
}

/** Adds a column unless it is there; `definition` is SQL of a migration's own. */
export async function addColumn(
  db: Kysely<unknown>,
  { table, name, definition }: Named & { definition: string },
): Promise<void> {
  if (await isListed(db, 'columns', { table, name })) return;
  await sql`alter table ${sql.table(table)} add column ${sql.ref(name)} ${sql.raw(definition)}`.execute(db);
}

/** Adds an index unless one of this name is there. */
export async function addIndex(
  db: Kysely<unknown>,
  { table, name, columns }: Named & { columns: readonly string[] },
): Promise<void> {
  if (await isListed(db, 'statistics', { table, name })) return;
  const listed = sql.join(columns.map((column) => sql.ref(column)));
  await sql`create index ${sql.id(name)} on ${sql.table(table)} (${listed})`.execute(db);
}
