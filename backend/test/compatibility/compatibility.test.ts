import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aUser } from '../support/builders.ts';
import { startTestService, type TestService } from '../support/test-service.ts';
import { compatibilityTable } from './compatibility-table.ts';
import { createExistingClient } from './existing-client.ts';

// Another server by setting (docs/testing.md): the table is what existing clients rely on, whoever answers.
const { COMPATIBILITY_URL, COMPATIBILITY_ADMIN, COMPATIBILITY_ORIGIN } = process.env;
const FRIEND = 'https://existing-storefront.example.com';
const LONGEST_MS = 180_000;

let service: TestService | undefined;
let client: Awaited<ReturnType<typeof createExistingClient>>;

beforeAll(async () => {
  if (COMPATIBILITY_URL) {
    const [email = '', password = ''] = (COMPATIBILITY_ADMIN ?? 'a@jwt.com:admin').split(/:(.*)/s);
    const admin = { email, password };
    client = await createExistingClient({
      origin: COMPATIBILITY_URL,
      admin,
      allowedOrigin: COMPATIBILITY_ORIGIN,
    });
    return;
  }
  service = await startTestService({ settings: { ALLOWED_ORIGINS: FRIEND, FACTORY_SIMULATED: '1' } });
  const admin = await aUser(service, [{ role: 'admin' }]);
  client = await createExistingClient({ origin: service.origin, admin, allowedOrigin: FRIEND });
}, LONGEST_MS);

afterAll(() => service?.stop());

it(
  'every line of the table is answered as existing clients expect it',
  async () => {
    const isWithOrigin = !COMPATIBILITY_URL || Boolean(COMPATIBILITY_ORIGIN);
    const lines = compatibilityTable.filter(({ isCrossOrigin }) => isWithOrigin || !isCrossOrigin);
    const wrong: string[] = [];
    for (const line of lines) {
      const faults = await client.tryCase(line);
      if (faults.length > 0)
        wrong.push(`${line.request} as ${line.as ?? 'guest'} (${line.law}): ${faults.join('; ')}`);
    }
    process.stdout.write(`compatibility: ${lines.length} lines, ${wrong.length} wrong\n`);
    expect(wrong).toEqual([]);
  },
  LONGEST_MS,
);

it('no two lines are the same', () => {
  const lines = compatibilityTable.map(({ law, request, as, body }) =>
    JSON.stringify([law, request, as, body]),
  );
  expect(new Set(lines).size).toBe(lines.length);
});
