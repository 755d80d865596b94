// Tests are plain TypeScript: Node strips the types itself, so no compiler stands between a test and its source.
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/backend', '<rootDir>/scripts', '<rootDir>/frontend/src'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  globalSetup: '<rootDir>/backend/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/backend/test/support/global-teardown.ts',
  testSequencer: '<rootDir>/backend/test/run/longest-first.mjs',
  // They wait for the database, timers and processes more than they compute.
  maxWorkers: 3,
  // Modules of every file stay in memory: a worker of 1.4 GB takes longer to end than Jest waits for it.
  workerIdleMemoryLimit: '700MB',
  testTimeout: 30_000,
};
