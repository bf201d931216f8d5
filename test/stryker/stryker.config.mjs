import { areas } from './areas.mjs';

const area = process.env.STRYKER_AREA ?? 'machines';

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/stryker/vitest.config.mjs', related: false },
  buildCommand: 'node test/stryker/bundle.mjs',
  // TypeScript 7 has no interface for the sandbox's rewriting of references, which vitest does not read anyway.
  tsconfigFile: 'none.json',
  mutate: areas[area].mutate,
  coverageAnalysis: 'perTest',
  concurrency: 1,
  ignoreStatic: false,
  reporters: ['json', 'clear-text', 'progress-append-only'],
  clearTextReporter: {
    allowColor: false,
    logTests: false,
    reportTests: false,
    reportMutants: true,
    reportScoreTable: true,
  },
  jsonReporter: { fileName: process.env.STRYKER_REPORT ?? `reports/${area}.json` },
  tempDirName: '.stryker-tmp',
  thresholds: { high: 95, low: 90, break: null },
  timeoutMS: 10000,
};
