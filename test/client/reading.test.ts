import { expect, test } from 'vitest';
import { interpretCommand } from '../../src/client/interpret-command.js';
import { isGated, nothingRead, readAnswer } from '../../src/client/reading.js';
import { type CommandName, commands } from '../../src/protocol/command.js';
import type { Element } from '../../src/protocol/element.js';
import { type ProtocolVersion, protocolVersions } from '../../src/protocol/version.js';

const names = Object.keys(commands) as readonly CommandName[];
const versions = Object.keys(protocolVersions) as readonly ProtocolVersion[];
const questions = names.flatMap((name) =>
  ['0', '9'].flatMap((policyKey) => [null, ...versions].map((version) => ({ name, policyKey, version }))),
);
const answers = [200, 400, 403, 449, 503].flatMap((status) =>
  [null, 1, 101, 140, 142, 144].map((code) => {
    const content = [{ name: 'AirSync:Status', content: `${code}` }];
    const document: Element | null = code === null ? null : { name: 'AirSync:Sync', content };
    return { status, body: new Uint8Array(code === null ? 0 : 9), document };
  }),
);
const readings = questions.flatMap((question) =>
  answers.map((answer) => ({ question, answer, reading: readAnswer(question, answer) })),
);

test('a demand is read from every command but Provision, a key that passed from one that needs it alone', () => {
  for (const { question, answer, reading } of readings) {
    const fact = interpretCommand(answer, answer.document, question.policyKey);
    const isDemand = question.name !== 'Provision' && fact?.type === 'ReprovisionRequired';
    const isHeard = question.name !== 'Provision' && (isDemand || commands[question.name].gated);
    expect(reading).toMatchObject({ isDemand, fact: isHeard ? fact : null });
  }
});

test('a 403 may hide a wipe up to 12.1, under no key, from a command that needs one', () => {
  for (const { question, answer, reading } of readings) {
    const { name, policyKey, version } = question;
    const isOld = version !== null && ['2.5', '12.0', '12.1'].includes(version);
    expect(reading.mayHideWipe).toBe(answer.status === 403 && policyKey === '0' && isOld && commands[name].gated);
  }
});

test('a name that is no command needs no key', () => {
  expect(names.filter(isGated)).toEqual(names.filter((name) => commands[name].gated));
  expect(isGated('constructor' as CommandName)).toBe(false);
});

test('no answer tells nothing', () => {
  expect(nothingRead).toEqual({ fact: null, isDemand: false, mayHideWipe: false });
});
