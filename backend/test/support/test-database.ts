import { createConnection } from 'mysql2/promise';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

let schemas = 0;

/** Makes an empty schema of its own on the server of this run, or on another one. */
export async function createTestDatabase(serverUrl = process.env.TEST_DATABASE_URL): Promise<TestDatabase> {
  const server = new URL(serverUrl ?? '');
  schemas += 1;
  const name = `jwt_pizza_test_${process.pid}_${schemas}`;
  const run = async (statement: string): Promise<void> => {
    const connection = await createConnection(server.href);
    await connection.query(statement);
    await connection.end();
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database ${name}`) };
}
