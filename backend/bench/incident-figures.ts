import { sql } from 'kysely';
import { startPrivateDatabase } from '../local-stack/private-database.ts';
import { makeScratchFolder } from '../local-stack/scratch-folder.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/pool.ts';
import { refreshFigures } from '../src/features/incidents/incident-figures.repository.ts';
import { createIncidentRecorder } from '../src/features/incidents/incident-recorder.ts';
import { insertIncident } from '../src/features/incidents/incidents.repository.ts';
import { createLogger } from '../src/observability/logger.ts';
import { buildLargeShop } from '../test/load/large-shop.ts';

// What an open incident costs that touched so many orders: `node scripts/with-node.mjs backend/bench/incident-figures.ts [orders]`.
const orders = Number(process.argv[2] ?? 100_000);
const TIMES = 5;
const LOOK_EVERY_MS = 500;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const log = createLogger('silent', process.stdout);
const folder = makeScratchFolder('incident-figures');
process.once('exit', () => folder.remove());
const server = await startPrivateDatabase({ dataFolder: folder.path, durable: false });
const schema = new URL('incident_figures', server.url).href;
await sql`create database incident_figures`.execute(openDatabase(server.url, { log }));
const db = openDatabase(schema, { log });

async function measure(what: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    // The recorder looks no more often than this.
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const startedAt = performance.now();
    await work();
    times.push(Math.round(performance.now() - startedAt));
  }
  say(`${what}: ${times.join(', ')} ms`);
}

await migrate(db);
await buildLargeShop(schema, { orders });
await sql`insert into order_transitions (order_id, from_state, to_state, cause, node, fence, at)
  select id, 'making', 'waiting', 'error', 'node:1', fence, placed_at from orders order by id`.execute(db);
await sql`analyze table orders, order_transitions`.execute(db);
const factory = 'http://factory.test';
const startedAt = new Date(0);
const incidentId = await insertIncident(db, {
  ...{ factory, mode: 'error', startedAt, now: startedAt, detectedBy: 'order' },
});
const recorder = createIncidentRecorder(db);
await measure(`a look of the recorder with ${orders} touched orders`, recorder.runOnce);
await measure('the figures, when somebody asks', () => refreshFigures(db, incidentId));
const incident = await db
  .selectFrom('incidents')
  .select(['orders_delayed', 'orders_failed', 'diners', 'value'])
  .executeTakeFirst();
say(JSON.stringify(incident));
await db.destroy();
await server.stop();
