import express from 'express';
import mysql from 'mysql2/promise';

// What everybody who builds on Express and mysql2 pays at least: no session, no check, no log, one statement by its key.
const pool = mysql.createPool({ uri: process.env.DATABASE_URL ?? '', connectionLimit: 10 });
const app = express();
app.disable('x-powered-by');
app.get('/', async (_request, response) => {
  const [rows] = await pool.execute('select id, title, price from menu_items where id = ?', [1]);
  response.json(rows);
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ type: 'ready', port: typeof address === 'object' ? address?.port : undefined });
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void pool.end();
});
