import { expect, it } from '@jest/globals';
import { addTallies, countRun, describeTally, readJestReport, readPlaywrightReport } from './tally.ts';

const three = { passed: 3, failed: 0, skipped: 0 };

it('the closing line adds up every part', () => {
  const sum = addTallies([three, { passed: 1, failed: 2, skipped: 4 }]);
  expect(describeTally(sum)).toBe('4 passed, 2 failed, 4 skipped');
});

it('a runner that passes all counts as it reports', () => {
  expect(countRun(0, three)).toEqual(three);
});

it('a runner that fails without a failed test counts as one failure', () => {
  expect(countRun(1, three)).toEqual({ ...three, failed: 1 });
});

it('a runner that crashes before it reports counts as one failure', () => {
  expect(countRun(1, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('a runner that finds no test counts as one failure, whatever it answers', () => {
  expect(countRun(0, { passed: 0, failed: 0, skipped: 0 }).failed).toBe(1);
});

it('a file that jest cannot load counts as a failure', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    numRuntimeErrorTestSuites: 1,
  };
  expect(readJestReport(JSON.stringify(report))).toEqual({ passed: 5, failed: 2, skipped: 3 });
});

it('a flaky browser test and a stack that did not start count as failures', () => {
  const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
  expect(readPlaywrightReport(JSON.stringify(report))).toEqual({ passed: 4, failed: 3, skipped: 2 });
});
