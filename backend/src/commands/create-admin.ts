import { createInterface } from 'node:readline/promises';
import { compose } from '../compose.ts';
import { createAdmin } from '../features/users/first-admin.ts';
import { migrateOrExplain, readSettings, StartUpError } from '../start-up.ts';
import { runCommand } from './run-command.ts';

/** The password comes from ADMIN_PASSWORD or the first line of standard input, never from the command line, which other users of a machine can read. */
async function readPassword(): Promise<string> {
  if (process.env.ADMIN_PASSWORD) return process.env.ADMIN_PASSWORD;
  const lines = createInterface({ input: process.stdin });
  if (process.stdin.isTTY) process.stderr.write('Password of the new admin (shown as you type): ');
  for await (const line of lines) {
    lines.close();
    return line;
  }
  throw new StartUpError('No password was given: set ADMIN_PASSWORD, or write it to standard input.');
}

runCommand(async ([email = process.env.ADMIN_EMAIL]) => {
  if (!email || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new StartUpError('Usage: npm run create-admin -- <e-mail address>');
  }
  const { config, log } = readSettings(process.env);
  const service = compose({ config, log });
  try {
    await migrateOrExplain(service.databases.unlimited, config, log);
    await createAdmin(service, { email, password: await readPassword(), by: 'command' });
    process.stdout.write(`${email} is an admin now\n`);
    return 0;
  } finally {
    await service.close();
  }
});
