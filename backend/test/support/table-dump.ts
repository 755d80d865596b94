import { sql } from 'kysely';
import type { Database } from '../../src/database/pool.ts';

/** A JWT hides its texts from a plain search. */
function withTokensDecoded(text: string): string {
  return text.replace(/\beyJ[\w-]+(?:\.[\w-]+)*/g, (token) => {
    const parts = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    return `${token} ${parts.join(' ')}`;
  });
}

/** Every row of every table as one text, what stands in tokens too: to prove that something is stored nowhere. */
export async function dumpTables({ db }: { db: Database }): Promise<string> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = database()`.execute(db);
  const contents: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    contents.push(`${name}: ${JSON.stringify(rows)}`);
  }
  return withTokensDecoded(contents.join('\n'));
}

/** Which of these stand in a text; a test that shows this instead of the text stays readable when it fails. */
export function foundIn(text: string, wanted: readonly string[]): string[] {
  return wanted.filter((part) => text.includes(part));
}

/** Runs `work` while the database refuses every new row of a table, as it would when it breaks half-way. */
export async function whileRefusing<T>(
  { db }: { db: Database },
  table: string,
  work: () => Promise<T>,
): Promise<T> {
  const trigger = sql.id(`refuse_${table}`);
  await sql`create trigger ${trigger} before insert on ${sql.table(table)} for each row
    signal sqlstate '45000' set message_text = 'refused by a test'`.execute(db);
  try {
    return await work();
  } finally {
    await sql`drop trigger ${trigger}`.execute(db);
  }
}
