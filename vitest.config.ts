import { defineConfig } from 'vitest/config';

/** The test that puts mutants behind the adapters replaces a module, so it may not share its modules with others. */
const mutating = 'test/exchange/bad-link.test.ts';
/** A browser takes time from others and is measured, so these come last, one after another. */
const browsing = 'test/page/**/*.test.ts';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    pool: 'threads',
    projects: [
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: [mutating, browsing], isolate: false },
      },
      { extends: true, test: { name: 'mutating', include: [mutating] } },
      {
        extends: true,
        test: {
          name: 'page',
          include: [browsing],
          isolate: false,
          fileParallelism: false,
          globalSetup: 'test/page/support/setup.ts',
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
