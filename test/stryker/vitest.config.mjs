import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import { areas } from './areas.mjs';

/** A mutant is put to the tests that killed the one before, then to the quickest. */
class QuickFirst extends BaseSequencer {
  async sort(files) {
    const { cache, config } = this.ctx;
    const known = ({ project, moduleId }) =>
      cache.getFileTestResults(`${project.name}:${relative(config.root, moduleId)}`) ?? { failed: false, duration: 0 };
    return files.toSorted((one, other) => {
      const [a, b] = [known(one), known(other)];
      return Number(b.failed) - Number(a.failed) || a.duration - b.duration;
    });
  }
}

/** The bundled tests of one area, without projects. */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    isolate: false,
    sequence: { sequencer: QuickFirst },
    include: areas[process.env.STRYKER_AREA ?? 'machines'].tests.map((glob) => glob.replace(/ts$/, 'mjs')),
    server: { deps: { external: [/\.bundle\.mjs$/] } },
  },
});
