import { isMigrated } from './database/migrate.ts';
import { openDatabase } from './database/pool.ts';
import { type CheckedInvariant, createInvariants } from './features/fulfillment/invariants.service.ts';
import { explainFailure, readSettings, StartUpError } from './start-up.ts';

function describe({ name, sentence, of, violations, examples }: CheckedInvariant): string {
  if (violations === 0) return `ok  ${name}  ${sentence}\n`;
  const shown = examples.length === 0 ? '' : `, e.g. ${examples.join(', ')}`;
  return `BROKEN ${name} ${violations} ${of}${shown}: ${sentence}\n`;
}

async function run(): Promise<number> {
  const { config, log } = readSettings(process.env);
  const db = openDatabase(config.databaseUrl, { log });
  try {
    if (!(await isMigrated(db))) throw new StartUpError('The schema is not up to date: npm run migrate');
    const checked = await createInvariants(db).check();
    for (const invariant of checked) process.stdout.write(describe(invariant));
    return checked.every(({ violations }) => violations === 0) ? 0 : 1;
  } finally {
    await db.destroy();
  }
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => process.exit(explainFailure(error)),
);
