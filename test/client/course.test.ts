import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterAnswer,
  afterExchange,
  afterLook,
  type Course,
  type Ended,
  firstOf,
  isAboutAgreement,
  settledBy,
} from '../../src/client/course.js';
import { outcomeKinds } from '../../src/client/outcome.js';
import type { Reading } from '../../src/client/reading.js';

const kinds = Object.keys(outcomeKinds).filter((kind): kind is Ended['kind'] => kind !== 'Answered');
const goesOn: ReadonlySet<string> = new Set(['Provisioned', 'ProvisionedWithoutPolicy']);
const ended = fc.constantFrom(...kinds).map((kind): Ended => ({ kind }));
const passed: Reading = { fact: { type: 'CommandAdmitted', policyKey: '9' }, isDemand: false, mayHideWipe: false };
const refused: Reading = { fact: null, isDemand: false, mayHideWipe: true };
const demanded: Reading = {
  fact: { type: 'ReprovisionRequired', policyKey: '9', reason: 'Unspecified' },
  isDemand: true,
  mayHideWipe: false,
};
const silent: Reading = { fact: null, isDemand: false, mayHideWipe: false };
const reading = fc.constantFrom(passed, refused, demanded, silent);

/** What a server and the exchanges with it do to one command. */
const world = fc.record({
  waits: fc.boolean(),
  answers: fc.array(reading, { minLength: 2, maxLength: 2 }),
  meanwhile: fc.array(fc.option(ended), { minLength: 2, maxLength: 2 }),
  needs: fc.boolean(),
  ends: fc.array(ended, { minLength: 3, maxLength: 3 }),
  look: fc.option(ended),
});

function lived({
  waits,
  answers,
  meanwhile,
  needs,
  ends,
  look,
}: typeof world extends fc.Arbitrary<infer W> ? W : never) {
  const log: string[] = [];
  const outcomes = [...ends];
  let course: Course<Reading, Ended> = firstOf(waits);
  for (let sent = 0; log.length < 20; ) {
    log.push(course.kind);
    switch (course.kind) {
      case 'Provision':
        course = afterExchange(course.turn, outcomes.shift()!);
        break;
      case 'Send':
        course = afterAnswer(course.turn, settledBy(answers[sent]!, meanwhile[sent] ?? null), needs);
        sent += 1;
        break;
      case 'Look':
        course = afterLook(course.answer, look);
        break;
      default:
        return { log, sent, course };
    }
  }
  throw new Error('no end');
}

describe('a command', () => {
  test('is sent twice at the most, and looks for a wipe once at the most; each ends it or comes before a sending', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { log, sent } = lived(given);
        expect(sent).toBeLessThanOrEqual(2);
        expect(log.filter((kind) => kind === 'Look').length).toBeLessThanOrEqual(1);
        const text = log.join(' ');
        expect(text).toMatch(/^(Provision )?(Send )?((Provision |Look )?Send |Look |Provision )?(Answered|Ended)$/);
      }),
    );
  });

  test('waits for an exchange first, or is sent', () => {
    expect([true, false].map(firstOf)).toEqual([
      { kind: 'Provision', turn: 'first' },
      { kind: 'Send', turn: 'first' },
    ]);
  });

  test('goes on behind no exchange that did not provision', () => {
    fc.assert(
      fc.property(fc.constantFrom('first', 'second'), ended, (turn, outcome) => {
        const course = afterExchange(turn, outcome);
        expect(course).toEqual(goesOn.has(outcome.kind) ? { kind: 'Send', turn } : { kind: 'Ended', outcome });
      }),
    );
  });

  test('sent a second time, or not about the agreement, its answer is what it came to', () => {
    fc.assert(
      fc.property(reading, fc.option(ended), fc.boolean(), (read, meanwhile, needs) => {
        const answer = settledBy(read, meanwhile);
        expect(afterAnswer('second', answer, needs)).toEqual({ kind: 'Answered', turn: 'second', answer });
        const first = afterAnswer('first', answer, needs);
        if (!isAboutAgreement(read)) expect(first).toEqual({ kind: 'Answered', turn: 'first', answer });
        else if (meanwhile === null) expect(first.kind).not.toBe('Answered');
      }),
    );
  });

  test('is repeated where the demand was settled meanwhile, behind another exchange where it was not', () => {
    fc.assert(
      fc.property(fc.option(ended), fc.boolean(), (meanwhile, needs) => {
        const course = afterAnswer('first', settledBy(demanded, meanwhile), needs);
        if (meanwhile && !goesOn.has(meanwhile.kind)) expect(course).toEqual({ kind: 'Ended', outcome: meanwhile });
        else expect(course).toEqual({ kind: needs ? 'Provision' : 'Send', turn: 'second' });
      }),
    );
  });

  test('that was forbidden leads to one exchange, whoever began it; one that is refused says nothing about it', () => {
    fc.assert(
      fc.property(fc.option(ended), fc.boolean(), (meanwhile, needs) => {
        const answer = settledBy(refused, meanwhile);
        const course = afterAnswer('first', answer, needs);
        if (meanwhile === null) expect(course).toEqual({ kind: 'Look', answer });
        else expect(course).toEqual(afterLook(answer, meanwhile));
        const own = { kind: 'Answered', turn: 'first', answer: refused };
        const looked = afterLook(refused, meanwhile);
        if (meanwhile === null || meanwhile.kind === 'Refused') expect(looked).toEqual(own);
        else expect(looked).toEqual(afterExchange('second', meanwhile));
      }),
    );
  });
});

test('an answer tells the machine nothing where an exchange came between, if it is about the agreement', () => {
  fc.assert(
    fc.property(reading, fc.option(ended), (read, meanwhile) => {
      const isSettled = meanwhile !== null && (read.isDemand || read.mayHideWipe);
      expect(settledBy(read, meanwhile)).toEqual(
        isSettled ? { ...read, fact: null, settledBy: meanwhile } : { ...read, settledBy: null },
      );
    }),
  );
});
