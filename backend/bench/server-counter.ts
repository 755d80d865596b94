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
    close: (): Promise<void> => connection.end(),
  };
}

export type ServerCounter = Awaited<ReturnType<typeof openServerCounter>>;
