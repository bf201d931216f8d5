import { defineConfig } from 'vitest/config';

/** The test that puts mutants behind the adapters replaces a module, so it may not share its modules with others. */
const mutating = 'test/exchange/bad-link.test.ts';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    pool: 'threads',
    projects: [
      { extends: true, test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: [mutating], isolate: false } },
      { extends: true, test: { name: 'mutating', include: [mutating] } },
    ],
  },
});
