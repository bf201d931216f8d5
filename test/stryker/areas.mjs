/** Tables say much that only a person reads: it stands on a generated page. */
const pages = 'test/pages.test.ts';

/** What is mutated together, with the tests that are to notice, and the least score in percent. */
export const areas = {
  machines: { mutate: ['machines/*.ts'], tests: ['test/machines/**/*.test.ts', pages], least: 90 },
  codec: { mutate: ['src/codec/**/*.ts'], tests: ['test/codec/**/*.test.ts'], least: 90 },
  protocol: {
    mutate: ['src/protocol/**/*.ts'],
    tests: ['test/protocol/**/*.test.ts', 'test/codec/**/*.test.ts', 'test/conformance/claims.test.ts', pages],
    least: 85,
  },
  http: { mutate: ['src/http/**/*.ts'], tests: ['test/http/**/*.test.ts', pages], least: 85 },
  client: { mutate: ['src/client/**/*.ts'], tests: ['test/client/**/*.test.ts'], least: 85 },
  server: { mutate: ['src/server/**/*.ts'], tests: ['test/server/**/*.test.ts', pages], least: 85 },
};
