import { defineConfig } from 'vitest/config';
import { areas } from './areas.mjs';

/** The bundled tests of one area, without projects: each mutant is put to those that cover it. */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    isolate: false,
    include: areas[process.env.STRYKER_AREA ?? 'machines'].tests.map((glob) => glob.replace(/ts$/, 'mjs')),
    server: { deps: { external: [/\.bundle\.mjs$/] } },
  },
});
