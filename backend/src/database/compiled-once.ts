import { type Compilable, CompiledQuery } from 'kysely';
import type { Queryable } from './transaction.ts';

/** Stands for a value while a statement is compiled. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What a statement did to rows, and the rows it read. */
interface Ran<Row> {
  rows: Row[];
  insertId?: bigint;
  /** Rows that a write met, whether it changed them or not. */
  numAffectedRows?: bigint;
}

/**
 * A statement whose text is the same whatever its values are: it is built and compiled once in the life of a process.
 * For those that run with every request or order: building one takes about 15 of the 20 microseconds that it costs this
 * process. `build` gets stand-ins instead of the values, so it must only hand them on to the query.
 */
export function compiledOnce<Values extends object, Row>(
  build: (db: Queryable, values: Values) => Compilable<Row>,
): (db: Queryable, values: Values) => Promise<Ran<Row>> {
  let compiled: CompiledQuery<Row> | undefined;
  return (db, values) => {
    if (!compiled) {
      const standIns = Object.fromEntries(Object.keys(values).map((name) => [name, new Placeholder(name)]));
      compiled = build(db, standIns as Values).compile();
    }
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Placeholder ? (values as Record<string, unknown>)[parameter.name] : parameter,
    );
    return db.executeQuery(CompiledQuery.raw(compiled.sql, parameters) as CompiledQuery<Row>);
  };
}
