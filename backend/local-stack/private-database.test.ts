import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import mysql from 'mysql2/promise';
import { whenEnded } from './child-processes.ts';
import { pickFreePort } from './ports.ts';
import { type PrivateDatabase, startPrivateDatabase } from './private-database.ts';

// The first start on a machine may have to install the server.
jest.setTimeout(180_000);

let dataFolder: string;
let running: PrivateDatabase[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'database-test-'));
  running = [];
});

afterEach(async () => {
  for (const database of running) await database.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

async function start(options: { port?: number } = {}): Promise<PrivateDatabase> {
  const database = await startPrivateDatabase({
    dataFolder,
    durable: true,
    databaseName: 'pizza_test',
    ...options,
  });
  running.push(database);
  return database;
}

async function query(url: string, statement: string): Promise<unknown> {
  const connection = await mysql.createConnection(url);
  try {
    const [rows] = await connection.query(statement);
    return rows;
  } finally {
    await connection.end();
  }
}

it('a private database that was stopped has its rows on the next start', async () => {
  const first = await start();
  await query(first.url, 'CREATE TABLE slice (id INT PRIMARY KEY)');
  await query(first.url, 'INSERT INTO slice VALUES (1)');
  await first.stop();
  const second = await start();
  expect(await query(second.url, 'SELECT id FROM slice')).toEqual([{ id: 1 }]);
});

it('a private database that was killed with -9 has every committed row on the next start', async () => {
  const first = await start();
  await query(first.url, 'CREATE TABLE slice (id INT PRIMARY KEY)');
  await query(first.url, 'INSERT INTO slice VALUES (1), (2)');
  first.server.kill('SIGKILL');
  await whenEnded(first.server);
  await first.stop();
  const second = await start();
  expect(await query(second.url, 'SELECT COUNT(*) AS rows_kept FROM slice')).toEqual([{ rows_kept: 2 }]);
});

it('a private database that is given a port is found there again after every start', async () => {
  const port = await pickFreePort();
  const first = await start({ port });
  await first.stop();
  const second = await start({ port });
  expect([first, second].map(({ url }) => Number(new URL(url).port))).toEqual([port, port]);
});

it('a second start on a data folder in use is refused and names the process that uses it', async () => {
  await start();
  await expect(start()).rejects.toThrow(`is in use by the process with pid ${process.pid}`);
});

it('files that a kill left half made are made again', async () => {
  const first = await start();
  await first.stop();
  renameSync(join(dataFolder, 'files'), join(dataFolder, 'files.draft'));
  rmSync(join(dataFolder, 'files.draft/mysql'), { recursive: true });
  const second = await start();
  expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('files of a start that was broken off before it made any are made on the next', async () => {
  mkdirSync(join(dataFolder, 'files.draft'), { recursive: true });
  const database = await start();
  expect(existsSync(join(dataFolder, 'files'))).toBe(true);
  expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('a private database lets in nobody without its password, root neither', async () => {
  const { url } = await start();
  const open = new URL(url);
  open.password = '';
  for (const user of ['root', 'pizza', '']) {
    open.username = user;
    await expect(query(open.href, 'SELECT 1')).rejects.toThrow(/access denied|not allowed/i);
  }
  expect(statSync(join(dataFolder, 'account.json')).mode & 0o777).toBe(0o600);
});

it('a private database keeps any character and refuses a value that does not fit', async () => {
  const { url } = await start();
  await query(url, 'CREATE TABLE slice (name VARCHAR(4))');
  await query(url, "INSERT INTO slice VALUES ('🍕')");
  expect(await query(url, 'SELECT name FROM slice')).toEqual([{ name: '🍕' }]);
  await expect(query(url, "INSERT INTO slice VALUES ('too long')")).rejects.toThrow(/too long/i);
});
