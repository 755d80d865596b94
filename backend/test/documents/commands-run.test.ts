import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isMigrated } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/pool.ts';
import { type OperatorCommand, operatorCommandOf, readCommands } from '../support/document-commands.ts';
import { eventually } from '../support/eventually.ts';
import { attemptEnded, placeOrder } from '../support/order-flow.ts';
import { operatorSettings, type ServiceProcess, startServiceProcess } from '../support/service-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

const SOON_MS = 20_000;

/** What each command of operators says when it has done what it is for. */
const SAYS: Record<string, RegExp> = {
  'commands/factory.ts report': /took the report/,
  'commands/factory.ts status': /circuit (?:closed|open since)/,
  'commands/factory.ts probe': /: well$/m,
  'commands/factory.ts hold': /^held: /m,
  'commands/factory.ts resume': /^resumed: /m,
  'commands/figures.ts check': /differences: 0$/m,
  'commands/figures.ts rebuild': /are rebuilt$/m,
  'commands/invariants.ts': /^(?:ok {2}.*\n){10,}$/,
  'commands/migrate.ts': /^the schema is up to date$/m,
  'commands/create-admin.ts': /is an admin now$/m,
  'worker.ts': /"worker ready"/,
};

interface ToldCommand extends OperatorCommand {
  key: string;
  text: string;
}

function readToldCommands(): ToldCommand[] {
  const told = readCommands().flatMap(({ text }) => {
    const command = operatorCommandOf(text);
    const word = command?.script === 'commands/create-admin.ts' ? '' : (command?.words[0] ?? '');
    return command ? [{ ...command, text, key: `${command.script} ${word}`.trim() }] : [];
  });
  const once = new Map(told.map((command) => [`${command.script} ${command.words.join(' ')}`, command]));
  // The report cures the factory, which the others need well.
  return [...once.values()].sort(
    (one, other) => Number(/ report$/.test(other.key)) - Number(/ report$/.test(one.key)),
  );
}

describe('a command of operators, run as a document tells it', () => {
  const commands = readToldCommands();
  let service: TestService;
  let empty: TestDatabase;
  let incident: number;
  beforeAll(async () => {
    [service, empty] = await Promise.all([
      startTestService({ isWorkerRunning: false }),
      createTestDatabase(),
    ]);
    await service.factory.setFault('fail');
    const { orderId } = await placeOrder(service);
    await attemptEnded(service, orderId, 1);
    const { incident_id } = await eventually(
      'the report URL is on record',
      () => service.db.selectFrom('factory_reports').select('incident_id').executeTakeFirst(),
      SOON_MS,
    );
    incident = incident_id;
  });
  afterAll(async () => {
    await service.stop();
    await empty.drop();
  });

  const fillIn = (word: string): string =>
    word
      .replace('<incident>', String(incident))
      .replace(/^<e-?mail(?: address)?>$/, 'first-admin@example.com');

  const open = ({ script, words }: OperatorCommand): ServiceProcess =>
    startServiceProcess(
      {
        ...operatorSettings(service),
        ...(script === 'commands/migrate.ts' && { DATABASE_URL: empty.url }),
        ...(script === 'commands/create-admin.ts' && { ADMIN_PASSWORD: 'a long word of this test 5f1c' }),
      },
      [script, ...words.map(fillIn)],
    );

  const started: ServiceProcess[] = [];
  afterEach(async () => {
    for (const { child } of started) child.kill('SIGKILL');
    await Promise.all(started.splice(0).map((process) => process.ended()));
  });

  it('is told for each that there is', () => {
    const told = new Set(commands.map(({ key }) => key));
    expect(Object.keys(SAYS).filter((key) => !told.has(key))).toEqual([]);
  });

  it.each(commands)('$text ends with 0 and says what it did', async (command) => {
    const process = open(command);
    started.push(process);
    const hasSaid = () => SAYS[command.key]?.test(process.stdout());
    if (command.script === 'worker.ts') {
      await eventually('the worker is ready', hasSaid, SOON_MS);
      process.child.kill('SIGTERM');
    }
    const code = await process.ended();
    const lines = process.stdout().split('\n');
    const said = (
      command.script === 'worker.ts' ? lines : lines.filter((line) => !line.startsWith('{'))
    ).join('\n');
    expect({ code, said, errors: process.stderr() }).toEqual({
      code: 0,
      said: expect.stringMatching(SAYS[command.key] ?? /\S/),
      errors: '',
    });
  });

  it('npm run migrate has made the schema in an empty database', async () => {
    const db = openDatabase(empty.url, { log: service.log });
    const isMade = await isMigrated(db);
    await db.destroy();
    expect(isMade).toBe(true);
  });
});
