import { channel } from 'node:diagnostics_channel';

/** A statement that has been run, with placeholders where its values were. */
export interface FinishedStatement {
  sql: string;
  ms: number;
  /** What the database calls the fault; its message would quote values. */
  fault: string | undefined;
}

/** Told in the context of whoever ran the statement. Without a listener nothing is told. */
export const finishedStatements = channel('jwt-pizza:statement');
