/**
 * fast-check with fewer runs of each property than in the suite, and always the same ones: thousands of mutants are put to
 * them. In place of the package itself, because many properties name their number of runs.
 */
import fc from 'fast-check-itself';

// The laws of the machine are shown to be able to fall, which takes as many runs as it takes.
const RUNS = process.env.STRYKER_AREA === 'machines' ? Number.POSITIVE_INFINITY : 25;
const few = (parameters) => ({ ...parameters, numRuns: Math.min(parameters?.numRuns ?? 100, RUNS), seed: 1 });

export default {
  ...fc,
  assert: (property, parameters) => fc.assert(property, few(parameters)),
  check: (property, parameters) => fc.check(property, few(parameters)),
};
