// Tests are plain TypeScript: Node strips the types itself, so no compiler stands between a test and its source.
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/backend', '<rootDir>/scripts'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
};
