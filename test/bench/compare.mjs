/**
 * Two pieces of work against each other: both are measured in turn within a round, and the ratio of a round is what
 * counts, so that a busy machine slows both and cancels out.
 */
import assert from 'node:assert/strict';

const ROUNDS = 41;
const ROUND_MS = 4;

/** The median over all rounds of our time divided by theirs. `ours` and `theirs` give a number that is looked at. */
export function compare(name, limit, ours, theirs) {
  const calls = new Map([ours, theirs].map((work) => [work, callsFor(work, ROUND_MS)]));
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const first = round % 2 === 0 ? ours : theirs;
    const second = first === ours ? theirs : ours;
    const [a, b] = [first, second].map((work) => microseconds(work, calls.get(work)));
    return first === ours ? { ours: a, theirs: b } : { ours: b, theirs: a };
  });
  const ratio = median(rounds.map((round) => round.ours / round.theirs));
  const detail = `${median(rounds.map((round) => round.ours)).toFixed(2)} us / ${median(rounds.map((round) => round.theirs)).toFixed(2)} us`;
  return { name, ratio, limit, ok: ratio <= limit, detail };
}

/** How many calls fill the time, found by calling: the warm-up in one. */
function callsFor(work, milliseconds) {
  let calls = 64;
  while ((microseconds(work, calls) * calls) / 1000 < milliseconds) calls *= 2;
  return calls;
}

/** The mean of one call. What the calls give back is summed and looked at, so that none can be left out. */
function microseconds(work, calls) {
  let sum = 0;
  const start = process.hrtime.bigint();
  for (let call = 0; call < calls; call++) sum += work();
  const elapsed = Number(process.hrtime.bigint() - start) / 1000;
  assert.equal(sum, work() * calls);
  return elapsed / calls;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
