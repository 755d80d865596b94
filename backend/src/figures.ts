import { isMigrated } from './database/migrate.ts';
import { type Database, openDatabase } from './database/pool.ts';
import {
  checkFigures,
  type FiguresDifference,
  rebuildFigures,
} from './features/fulfillment/figures.service.ts';
import { explainFailure, readSettings, StartUpError } from './start-up.ts';

function describe({ storeId, day, menuId, figure, stored, actual }: FiguresDifference): string {
  const item = menuId === null ? '' : ` item ${menuId}`;
  return `store ${storeId}${item}, ${day}: ${figure} is ${stored}, the orders say ${actual}\n`;
}

async function check(db: Database): Promise<number> {
  const { stores, differences } = await checkFigures(db);
  for (const difference of differences) process.stdout.write(describe(difference));
  process.stdout.write(`${stores} stores checked, differences: ${differences.length}\n`);
  return differences.length === 0 ? 0 : 1;
}

async function rebuild(db: Database): Promise<number> {
  process.stdout.write(`the figures of ${await rebuildFigures(db)} stores are rebuilt\n`);
  return 0;
}

async function run(command: string | undefined): Promise<number> {
  if (command !== 'check' && command !== 'rebuild') {
    throw new StartUpError('usage: npm run figures -- check | rebuild');
  }
  const { config, log } = readSettings(process.env);
  const db = openDatabase(config.databaseUrl, { log });
  try {
    if (!(await isMigrated(db))) throw new StartUpError('The schema is not up to date: npm run migrate');
    return await (command === 'check' ? check(db) : rebuild(db));
  } finally {
    await db.destroy();
  }
}

run(process.argv[2]).then(
  (code) => process.exit(code),
  (error: unknown) => process.exit(explainFailure(error)),
);
