import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's environment that also writes down how much of a file's time its process was computing; the rest it waited for
 * timers, the database or other processes. Only `npm test -- --times` runs tests in it.
 */
// biome-ignore lint/style/noDefaultExport: Jest takes an environment by its default export.
export default class MeasuredEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.path = context.testPath;
    this.before = process.cpuUsage();
  }

  async teardown() {
    const { user, system } = process.cpuUsage(this.before);
    const computing = { path: this.path, cpuMs: Math.round((user + system) / 1000) };
    writeFileSync(join(process.env.JEST_TIMES_FOLDER, `${randomUUID()}.json`), JSON.stringify(computing));
    await super.teardown();
  }
}
