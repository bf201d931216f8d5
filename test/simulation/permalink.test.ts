import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { versions } from '../../src/protocol/version.js';
import { MAX_MOVES, moveNames, moves, permalink, type Session } from '../../src/simulation/index.js';

const session: fc.Arbitrary<Session> = fc.record({
  version: fc.constantFrom(...versions),
  // Few kinds, so that the same comes several times in a row.
  moves: fc.oneof(
    fc.array(fc.constantFrom(...moveNames), { maxLength: MAX_MOVES, size: 'max' }),
    fc.array(fc.constantFrom('step' as const, 'crashDevice' as const), { maxLength: 40 }),
  ),
});

describe('a permalink', () => {
  test('holds every session, and nothing that a URL has to escape', () => {
    fc.assert(
      fc.property(session, (each) => {
        const text = permalink.encode(each);
        if (!text.ok) throw new Error(text.error.message);
        expect(text.value).toMatch(/^[\d.a-z]+$/);
        expect(encodeURIComponent(text.value)).toBe(text.value);
        expect(permalink.decode(text.value)).toEqual({ ok: true, value: each });
      }),
    );
  });

  test('is read from any text, or refused where it stops being one', () => {
    const pieces = fc.constantFrom(...versions, '.', 's', 'c', '8', '0', 'a1', 'x2', 'zz', '99999', 's2000', '…', ' ');
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces).map((parts) => parts.join('')),
      fc.array(pieces).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(text, (each) => {
        const read = permalink.decode(each);
        if (read.ok) {
          const again = permalink.encode(read.value);
          expect(again.ok && permalink.decode(again.value)).toEqual(read);
        } else {
          expect(read.error.code).toBe('ERR_PERMALINK');
          expect(read.error.offset).toBeGreaterThanOrEqual(0);
          expect(read.error.offset).toBeLessThanOrEqual(each.length);
          // What comes before the offset is one, but for the dot at its end.
          const sound = each.slice(0, Math.max((read.error.offset ?? 0) - 1, 0));
          if (sound !== '') expect(permalink.decode(sound).ok).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('says several in a row with a number', () => {
    const list = ['command', ...Array(8).fill('step'), 'drop', 'crashServer', 'crashServer', 'step', 'step'] as const;
    const text = '14.1.c.s8.d.x2.x2.s2';
    expect(permalink.encode({ version: '14.1', moves: list })).toEqual({ ok: true, value: text });
    expect(permalink.decode(text)).toEqual({ ok: true, value: { version: '14.1', moves: list } });
    expect(permalink.encode({ version: '2.5', moves: [] })).toEqual({ ok: true, value: '2.5' });
  });

  test.each<[string, number]>([
    ['', 0],
    ['14.2.c', 0],
    ['14.1c', 0],
    ['14.1.', 5],
    ['14.1.c.y.s', 7],
    ['14.1.c..s', 7],
    ['14.1.s0', 5],
    ['14.1.s08', 5],
    ['14.1.a1x', 5],
    ['14.1.S', 5],
    ['14.1.s1999.c.c', 13],
    ['14.1.s99999', 5],
  ])('is not %s, from %i on', (text, offset) => {
    expect(permalink.decode(text)).toMatchObject({ ok: false, error: { code: 'ERR_PERMALINK', offset } });
  });

  test('is refused to more moves than it holds', () => {
    const full = { version: '14.1', moves: Array(MAX_MOVES).fill('step') } as const;
    expect(permalink.encode(full)).toEqual({ ok: true, value: `14.1.s${MAX_MOVES}` });
    expect(permalink.encode({ ...full, moves: [...full.moves, 'step'] }).ok).toBe(false);
  });

  test('is read in no time however long it is', () => {
    expect(permalink.decode(`14.1.${'s'.repeat(10_000_000)}`).ok).toBe(false);
    expect(permalink.decode(`14.1${'.c'.repeat(5_000_000)}`).ok).toBe(false);
  });
});

describe('the codes', () => {
  test('are one for each move, and never a code with a number behind it', () => {
    const codes = moveNames.map((name) => moves[name].code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      expect(code).toMatch(/^[a-z]\d?$/);
      // `p0` may stand beside `p`, because nothing happens no times.
      if (/[1-9]$/.test(code)) expect(codes).not.toContain(code.slice(0, 1));
    }
  });

  test('and keys are one for each move', () => {
    const keys = moveNames.flatMap((name) => moves[name].key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
