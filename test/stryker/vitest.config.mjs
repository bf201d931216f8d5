import { defineConfig } from 'vitest/config';
import { areas } from './areas.mjs';

/** The tests of one area, without projects: each mutant is put to those that cover it. */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    isolate: false,
    setupFiles: ['test/stryker/setup.mjs'],
    include: areas[process.env.STRYKER_AREA ?? 'machines'].tests,
  },
});
