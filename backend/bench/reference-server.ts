import { createSecretKey, randomBytes } from 'node:crypto';
import express from 'express';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import mysql, { type ResultSetHeader, type RowDataPacket } from 'mysql2/promise';
import { Agent, request } from 'undici';

// The least that Express, the database and an honest order cost: no session row, no check, no log, no history.
const { DATABASE_URL = '', SERVICE_URL = '', FACTORY_URL = '', FACTORY_API_KEY = '' } = process.env;
const CONNECTIONS = 20;
const DINER = { id: 1, name: 'reference', email: 'reference@example.com' };

const secret = createSecretKey(randomBytes(32));
const token = jsonwebtoken.sign({ sub: String(DINER.id) }, secret, { algorithm: 'HS256' });
const pool = mysql.createPool({ uri: DATABASE_URL, connectionLimit: CONNECTIONS });
const factory = new Agent({ connections: CONNECTIONS });

async function readJson(url: string): Promise<unknown> {
  return (await request(url)).body.json();
}

const menu = await readJson(`${SERVICE_URL}/api/order/menu`);
const jwks = createLocalJWKSet((await readJson(`${FACTORY_URL}/.well-known/jwks.json`)) as JSONWebKeySet);
await pool.query(`create table least_orders (id int unsigned not null auto_increment primary key,
  diner_id int unsigned not null, store_id int unsigned not null, total decimal(20, 8) not null, jwt text null)`);
await pool.query(`create table least_items (order_id int unsigned not null, menu_id int unsigned not null,
  title varchar(100) not null, price decimal(20, 8) not null, primary key (order_id, menu_id))`);

const app = express();
app.disable('x-powered-by');
app.disable('etag');

app.get('/token', (_request, response) => void response.json({ token }));

app.get('/in-memory', (_request, response) => void response.json(menu));

app.get('/pooled-read', async (_request, response) => {
  const [rows] = await pool.execute('select id, title, description, image, price from menu_items');
  response.json(rows);
});

interface MenuRow extends RowDataPacket {
  id: number;
  title: string;
  price: string;
}

async function store(storeId: number, item: MenuRow): Promise<number> {
  const connection = await pool.getConnection();
  try {
    await connection.query('begin');
    const [order] = await connection.execute<ResultSetHeader>(
      'insert into least_orders (diner_id, store_id, total) values (?, ?, ?)',
      [DINER.id, storeId, item.price],
    );
    await connection.execute('insert into least_items values (?, ?, ?, ?)', [
      ...[order.insertId, item.id],
      ...[item.title, item.price],
    ]);
    await connection.query('commit');
    return order.insertId;
  } finally {
    connection.release();
  }
}

app.post('/least-order', express.json(), async (incoming, response) => {
  const bearer = incoming.headers.authorization?.slice('Bearer '.length) ?? '';
  jsonwebtoken.verify(bearer, secret, { algorithms: ['HS256'] });
  const { franchiseId, storeId, items } = incoming.body;
  const [[item]] = await pool.execute<MenuRow[]>('select id, title, price from menu_items where id = ?', [
    items[0].menuId,
  ]);
  if (!item) throw new Error('not on the menu');
  const orderId = await store(storeId, item);
  const lines = [{ menuId: item.id, description: item.title, price: Number(item.price) }];
  const { body } = await request(`${FACTORY_URL}/api/order`, {
    method: 'POST',
    dispatcher: factory,
    headers: { authorization: `Bearer ${FACTORY_API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ diner: DINER, order: { id: orderId, franchiseId, storeId, items: lines } }),
  });
  const { jwt } = (await body.json()) as { jwt: string };
  await compactVerify(jwt, jwks, { algorithms: ['RS256'] });
  await pool.execute('update least_orders set jwt = ? where id = ?', [jwt, orderId]);
  response.json({ order: { id: orderId, storeId, items: lines }, jwt });
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ type: 'ready', port: typeof address === 'object' ? address?.port : undefined });
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void pool.end();
  void factory.destroy();
});
