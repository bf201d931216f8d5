/** Takes a step again and again, as long as it is on. */
export interface Runner {
  readonly isOn: boolean;
  /** Milliseconds between two steps. */
  pace: number;
  run(isOn: boolean): void;
}

/** @param step what to do; it stops where that answers false. */
export function createRunner(step: () => Promise<boolean>, onChange: () => void): Runner {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const next = async () => {
    const goesOn = await step();
    if (timer === null) return;
    if (goesOn) timer = setTimeout(next, runner.pace);
    else runner.run(false);
  };
  const runner: Runner = {
    pace: 700,
    get isOn() {
      return timer !== null;
    },
    run(isOn) {
      if (isOn === (timer !== null)) return;
      if (timer !== null) clearTimeout(timer);
      timer = isOn ? setTimeout(next, 0) : null;
      onChange();
    },
  };
  return runner;
}

/** Steps in a second, as a slider has them: from one in 1.6 seconds to twenty. */
export function paceOf(speed: number): number {
  return Math.round(1600 / 2 ** speed);
}
