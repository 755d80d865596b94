import TestSequencer from '@jest/test-sequencer';

// Not TypeScript: the types of this package are those of its CommonJS build, and Jest loads the other.
// Those that take longest by `npm test -- --times`, because they start processes. In a fresh clone Jest knows only the
// sizes of files, and would begin the longest when the others have ended.
const LONG = [
  'backend/src/observability/open-telemetry.process.test.ts',
  'backend/drill/drill.test.ts',
  'backend/test/api/planted-key.test.ts',
  'backend/src/features/fulfillment/factories/factory-probe.test.ts',
  'backend/src/features/orders/database-faults.test.ts',
  'backend/src/observability/loki.process.test.ts',
  'backend/src/commands/commands.test.ts',
  'backend/src/several-processes.test.ts',
  'backend/test/documents/commands-run.test.ts',
  'scripts/start.test.ts',
  'backend/test/alerts/founding-incident.test.ts',
];

const rankOf = (path) => {
  const rank = LONG.findIndex((name) => path.endsWith(name));
  return rank === -1 ? LONG.length : rank;
};

/** Jest's own order, but the long ones first. */
// biome-ignore lint/style/noDefaultExport: Jest takes a sequencer by its default export.
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rankOf(a.path) - rankOf(b.path));
  }
}
