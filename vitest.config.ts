import { defineConfig } from 'vitest/config';

const report = process.env.PARACITE_TEST_REPORT;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/setup.ts',
    // A file at a time on every core: most of a file's time is waiting for programs that it started.
    maxWorkers: '100%',
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // Where a path is named, the counts are written there too.
    ...(report && { reporters: ['default', 'json'], outputFile: { json: report } }),
  },
});
