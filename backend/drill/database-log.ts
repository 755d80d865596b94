import mysql, { type RowDataPacket } from 'mysql2/promise';
import type { AttemptRow, DatabaseLog, KeyRow, OrderRow, TransitionRow } from './logs.ts';

/** Reads what the database holds at the end. The judge only looks: its session cannot write. */
export async function readDatabaseLog(url: string): Promise<DatabaseLog> {
  const connection = await mysql.createConnection({ uri: url, timezone: 'Z' });
  try {
    await connection.query('SET SESSION TRANSACTION READ ONLY');
    const read = async <Row>(statement: string): Promise<Row[]> => {
      const [rows] = await connection.query<RowDataPacket[]>(statement);
      return rows as Row[];
    };
    return {
      orders: await read<OrderRow>(
        `SELECT id, diner_id AS dinerId, state, reason, jwt, ${milliseconds('placed_at')} AS placedAt, note
         FROM orders JOIN order_items ON order_id = id AND position = 1 ORDER BY id`,
      ),
      transitions: await read<TransitionRow>(
        `SELECT order_id AS orderId, from_state AS \`from\`, to_state AS \`to\`, cause, ${milliseconds('at')} AS at
         FROM order_transitions ORDER BY id`,
      ),
      keys: await read<KeyRow>(
        'SELECT diner_id AS dinerId, idempotency_key AS `key`, order_id AS orderId FROM idempotency_keys',
      ),
      attempts: await read<AttemptRow>(
        `SELECT order_id AS orderId, outcome, ${milliseconds('started_at')} + total_ms AS endedAt
         FROM factory_attempts ORDER BY id`,
      ),
      charged: await readCharged(read),
    };
  } finally {
    await connection.end();
  }
}

/** Ready orders by the figures, and those that were not folded into them yet: one statement, one snapshot. */
async function readCharged(read: <Row>(statement: string) => Promise<Row[]>): Promise<number> {
  const [row] = await read<{ charged: string | number }>(
    `SELECT (SELECT COALESCE(SUM(orders), 0) FROM store_day_figures)
       + (SELECT COUNT(*) FROM order_transitions WHERE is_unfolded = 1 AND to_state = 'ready') AS charged`,
  );
  return Number(row?.charged);
}

/** As a plain number, whatever time zone client and server believe in; the service stores UTC. */
function milliseconds(column: string): string {
  return `CAST(TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', ${column}) DIV 1000 AS SIGNED)`;
}
