export type Tally = { passed: number; failed: number; skipped: number };

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };
export const ONE_PASSED: Tally = { passed: 1, failed: 0, skipped: 0 };
export const ONE_FAILED: Tally = { passed: 0, failed: 1, skipped: 0 };

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      skipped: sum.skipped + tally.skipped,
    }),
    NOTHING,
  );
}

/** A runner that fails without naming a failed test has crashed, found nothing, or could not load: that is a failure too. */
export function countRun(exitCode: number, reported: Tally | undefined): Tally {
  const tally = reported ?? NOTHING;
  const ranNothing = tally.passed + tally.failed + tally.skipped === 0;
  const isUnexplained = tally.failed === 0 && (exitCode !== 0 || ranNothing);
  return isUnexplained ? addTallies([tally, ONE_FAILED]) : tally;
}

export function describeTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

type JestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
};

export function readJestReport(text: string): Tally {
  const report = JSON.parse(text) as JestReport;
  return {
    passed: report.numPassedTests,
    // A file that cannot be loaded holds tests that nobody has counted.
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
};

export function readPlaywrightReport(text: string): Tally {
  const { stats, errors } = JSON.parse(text) as PlaywrightReport;
  return {
    passed: stats.expected,
    // A test that passes only the second time has failed once.
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}
