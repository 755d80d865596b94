import {
  type CheckedInvariant,
  createInvariants,
} from '../features/fulfillment/invariants/invariants.service.ts';
import { runCommand, withDatabase } from './run-command.ts';

function describe({ name, sentence, of, violations, examples }: CheckedInvariant): string {
  if (violations === 0) return `ok  ${name}  ${sentence}\n`;
  const shown = examples.length === 0 ? '' : `, e.g. ${examples.join(', ')}`;
  return `BROKEN ${name} ${violations} ${of}${shown}: ${sentence}\n`;
}

runCommand(() =>
  withDatabase(async (db) => {
    const checked = await createInvariants(db).check();
    for (const invariant of checked) process.stdout.write(describe(invariant));
    return checked.every(({ violations }) => violations === 0) ? 0 : 1;
  }),
);
