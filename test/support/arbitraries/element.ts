/** Trees that look like Provision messages and policies, and are none: right names, anywhere, with anything inside. */
import fc from 'fast-check';
import type { Element } from '../../../src/protocol/element.js';
import { policyElementNames } from '../../../src/protocol/policy.js';
import { inlineText } from './text.js';

const names = fc.oneof(
  fc.constantFrom(
    'Provision:Provision',
    'Provision:Policies',
    'Provision:Policy',
    'Provision:PolicyType',
    'Provision:PolicyKey',
    'Provision:Status',
    'Provision:Data',
    'Provision:EASProvisionDoc',
    'Provision:RemoteWipe',
    'Provision:AccountOnlyRemoteWipe',
    'Provision:ApplicationName',
    'Provision:Hash',
    'Settings:DeviceInformation',
    'Settings:Set',
    'Settings:Status',
    'Settings:Model',
  ),
  fc.constantFrom(...policyElementNames).map((name) => `Provision:${name}`),
  fc.constantFrom(
    '',
    ':',
    'constructor',
    '__proto__',
    'Provision:constructor',
    'Provision:__proto__',
    'Provision:0x3F',
  ),
);

const values = fc.oneof(
  fc.constantFrom('0', '1', '2', '-1', '139', 'MS-EAS-Provisioning-WBXML', '1307199584', ' '),
  inlineText,
);

export const anyElement: fc.Arbitrary<Element> = fc.letrec<{ element: Element; content: Element['content'] }>(
  (tie) => ({
    element: fc.record({ name: names, content: tie('content') }, { noNullPrototype: true }),
    content: fc.oneof(
      { maxDepth: 6, depthSize: 'medium', withCrossShrink: true },
      fc.constant(null),
      values,
      fc.uint8Array({ maxLength: 6 }),
      fc.array(tie('element'), { maxLength: 5 }),
      fc.array(tie('element'), { maxLength: 5 }),
    ),
  }),
).element;
