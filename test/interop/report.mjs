/** A reason for which a run cannot take place here. */
export class Skipped extends Error {}

const nameWidth = 60;

/** Prints a line for each run and counts them. */
export function createReport(out = process.stdout) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const say = (kind, name, text) => {
    counts[kind] += 1;
    out.write(`${name.padEnd(nameWidth)} ${kind}: ${text.trimEnd().replaceAll('\n', '\n    ')}\n`);
  };
  return {
    counts,
    /** What is about to happen, where it may take long. */
    note: (text) => out.write(`(${text})\n`),
    /**
     * Carries out one run: `run` resolves to what was seen, throws `Skipped`, or throws what went wrong. With `absent`,
     * the reason for which its peer is not there, it is skipped at once.
     */
    async run(name, absent, run) {
      const began = performance.now();
      try {
        if (absent !== null) throw new Skipped(absent);
        const seen = await run();
        say('passed', name, `${seen} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
      } catch (error) {
        if (error instanceof Skipped) say('skipped', name, error.message);
        else say('failed', name, error instanceof Error ? error.message : String(error));
      }
    },
    summary: () => out.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`),
  };
}

/** Throws what is wrong unless it holds. */
export function expect(holds, wrong) {
  if (!holds) throw new Error(wrong);
}
