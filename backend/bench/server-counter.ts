import mysql, { type RowDataPacket } from 'mysql2/promise';

/** What the database server says it was asked by all clients together. */
export async function openServerCounter(url: string) {
  const connection = await mysql.createConnection(url);
  return {
    /** Statements so far, each a round trip. Asking is one itself. */
    async statements(): Promise<number> {
      const [[row]] = await connection.query<RowDataPacket[]>("show global status like 'Questions'");
      return Number(row?.Value);
    },
    /** Whether orders are settled that the figures do not have yet. */
    async hasUnfolded(): Promise<boolean> {
      const [rows] = await connection.query<RowDataPacket[]>(
        'select id from order_transitions where is_unfolded = 1 limit 1',
      );
      return rows.length > 0;
    },
    close: (): Promise<void> => connection.end(),
  };
}

export type ServerCounter = Awaited<ReturnType<typeof openServerCounter>>;
