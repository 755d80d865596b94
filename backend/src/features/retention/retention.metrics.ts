import { Counter, Gauge, type Registry } from 'prom-client';

interface RetentionMetricsDeps {
  registry: Registry;
  tables: readonly string[];
  /** How long ago a node last found that nothing was left that is due. */
  finishedSecondsAgo: () => Promise<number>;
}

export function createRetentionMetrics({ registry, tables, finishedSecondsAgo }: RetentionMetricsDeps) {
  const swept = new Counter({
    name: 'pizza_rows_swept_total',
    help: 'Rows that this process deleted because they are kept no longer, by table',
    labelNames: ['table'],
    registers: [registry],
  });
  for (const table of tables) swept.inc({ table }, 0);
  new Gauge({
    name: 'pizza_retention_finished_seconds',
    help: 'How long ago a node last found nothing left that is kept no longer; the same on every node',
    registers: [registry],
    async collect() {
      // While the database is away nobody knows.
      this.remove({});
      const seconds = await finishedSecondsAgo().catch(() => undefined);
      if (seconds !== undefined) this.set(seconds);
    },
  });
  return {
    swept: (table: string, rows: number): void => swept.inc({ table }, rows),
  };
}

export type RetentionMetrics = ReturnType<typeof createRetentionMetrics>;
