import { defineConfig } from 'vitest/config';

const report = process.env.PARACITE_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/setup.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Where a path is named, the counts are written there too.
    ...(report && { reporters: ['default', 'json'], outputFile: { json: report } }),
  },
});
