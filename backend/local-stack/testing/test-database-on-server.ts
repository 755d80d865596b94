import mysql from 'mysql2/promise';

export type DatabaseOnServer = { url: string; remove(): Promise<void> };

async function runOnServer(serverUrl: string, statement: string): Promise<void> {
  const connection = await mysql.createConnection(serverUrl);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/** A database of its own on the server that TEST_DATABASE_URL names; undefined when it names none and a private server serves. */
export async function makeTestDatabase(
  serverUrl: string | undefined = process.env.TEST_DATABASE_URL,
): Promise<DatabaseOnServer | undefined> {
  if (serverUrl === undefined || serverUrl === '') return undefined;
  const name = `jwt_pizza_e2e_${process.pid}`;
  await runOnServer(serverUrl, `CREATE DATABASE \`${name}\``);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => runOnServer(serverUrl, `DROP DATABASE IF EXISTS \`${name}\``) };
}
