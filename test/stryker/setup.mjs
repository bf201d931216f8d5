import fc from 'fast-check';

/** Fewer runs of each property than in the suite, and always the same: thousands of mutants are put to them. */
fc.configureGlobal({ numRuns: 25, seed: 1 });
