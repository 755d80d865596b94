import type { Database } from '../database/pool.ts';
import {
  checkFigures,
  type FiguresDifference,
  rebuildFigures,
} from '../features/fulfillment/figures/figures.service.ts';
import { StartUpError } from '../start-up.ts';
import { runCommand, withDatabase } from './run-command.ts';

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

runCommand(async ([command]) => {
  if (command !== 'check' && command !== 'rebuild')
    throw new StartUpError('usage: npm run figures -- check | rebuild');
  return withDatabase(command === 'check' ? check : rebuild);
});
