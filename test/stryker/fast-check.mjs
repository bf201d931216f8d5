/**
 * fast-check with fewer runs of each property than in the suite, and always the same ones: thousands of mutants are put to
 * them. In place of the package itself, because many properties name their number of runs.
 */
import fc from 'fast-check-itself';

// The laws of the machine are shown to be able to fall, which takes as many runs as it takes.
const RUNS = process.env.STRYKER_AREA === 'machines' ? Number.POSITIVE_INFINITY : 25;
const few = (parameters) => ({ ...parameters, numRuns: Math.min(parameters?.numRuns ?? 100, RUNS), seed: 1 });

/** The package's own unit of this name takes a second to make: a table of all code points. */
const codePoint = fc
  .integer({ min: 0, max: 0x10f7ff })
  .map((at) => String.fromCodePoint(at < 0xd800 ? at : at + 0x800));

export default {
  ...fc,
  assert: (property, parameters) => fc.assert(property, few(parameters)),
  check: (property, parameters) => fc.check(property, few(parameters)),
  string: (constraints) =>
    fc.string(constraints?.unit === 'binary' ? { ...constraints, unit: codePoint } : constraints),
};
