import { describe, expect, test } from 'vitest';
import { resume, start } from '../../machines/index.js';
import type { Decision } from '../../src/server/decide.js';
import { type Note, noteOn, observed, plain, tell, unauthorized } from '../../src/server/note.js';
import type { ServerExchange } from '../../src/server/ports.js';
import { unknownDevice } from '../../src/server/record.js';
import { createSightings } from '../../src/server/sightings.js';
import { settings } from './support/records.js';

const blank: Note = {
  at: 0,
  method: 'POST',
  user: null,
  deviceId: null,
  deviceType: null,
  command: null,
  protocolVersion: null,
  policyKey: null,
  httpStatus: 0,
  reason: null,
  events: [],
  exemption: null,
  previous: null,
  state: null,
};
const answer = { status: 200, headers: { Allow: 'OPTIONS' }, body: new Uint8Array([1]) };
const who = { user: 'user', deviceId: 'D1' };

test('nothing is known of a request at first but its method', () => {
  expect(noteOn({ method: 'POST' })).toEqual(blank);
});

describe('an answer that is only a reason', () => {
  test('is 401 with a challenge for who did not prove who they are', () => {
    const note = noteOn({ method: 'POST' });
    const headers = { 'WWW-Authenticate': 'Basic realm="ActiveSync", charset="UTF-8"' };
    expect(unauthorized(note)).toMatchObject({ status: 401, headers });
    expect(note).toEqual({ ...blank, reason: 'BadCredentials' });
  });

  test('is what HTTP has for the reason, which is noted', () => {
    const note = noteOn({ method: 'POST' });
    expect(plain('WrongPath', note)).toMatchObject({ status: 404, headers: {} });
    expect(note).toEqual({ ...blank, reason: 'WrongPath' });
  });
});

test('what was decided is told: what happened and why, and the agreement before and after', () => {
  const note = noteOn({ method: 'POST' });
  const state = resume('server', '22', { revision: 'r1' });
  const decision: Decision = {
    record: { ...unknownDevice, state },
    previous: start('server'),
    events: ['Provisioned'],
    reason: 'ProtocolError',
    transitions: [],
  };
  tell(decision, note);
  expect(note).toEqual({
    ...blank,
    state,
    previous: start('server'),
    events: ['Provisioned'],
    reason: 'ProtocolError',
  });
});

describe('an observer', () => {
  test('is told the status of the answer with all the rest', () => {
    const told: ServerExchange[] = [];
    const note = noteOn({ method: 'OPTIONS' });
    expect(observed(answer, note, settings({ observe: (exchange) => void told.push(exchange) }))).toBe(answer);
    expect(told).toEqual([{ ...blank, method: 'OPTIONS', httpStatus: 200 }]);
  });

  test('that throws has no say in the answer, nor in what is remembered', () => {
    const seen = createSightings(1);
    const observe = () => {
      throw new Error('observer');
    };
    expect(observed(answer, { ...blank, ...who, at: 7 }, settings({ observe, seen }))).toBe(answer);
    expect(seen.read(who)?.lastSeen).toBe(7);
  });
});

describe('a refusal', () => {
  test('carries its reason beside its other headers, where that is configured', () => {
    const note: Note = { ...blank, reason: 'AccessDenied' };
    const headers = { Allow: 'OPTIONS', 'X-EAS-Provisioning-Reason': 'AccessDenied' };
    expect(observed(answer, note, settings({ explainRefusals: true }))).toEqual({ ...answer, headers });
    expect(observed(answer, note, settings())).toBe(answer);
    expect(observed(answer, { ...blank }, settings({ explainRefusals: true }))).toBe(answer);
  });
});
