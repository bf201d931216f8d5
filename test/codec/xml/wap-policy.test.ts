import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wapPolicy } from '../../../src/codec/xml/wap-policy.js';
import { projectPolicy } from '../../../src/policy/project.js';
import type { EASProvisionDoc } from '../../../src/protocol/policy.js';
import { problem, problemCodes } from '../../../src/protocol/problem.js';
import { err } from '../../../src/protocol/result.js';
import { anyPolicy, validPolicy } from '../../support/arbitraries/policy.js';
import { anyText } from '../../support/arbitraries/text.js';
import { mutated, soup } from './documents.js';

const LASSD = 'HKLM\\Comm\\Security\\Policy\\LASSD';
const AE = `${LASSD}\\AE\\{50C13377-C66D-400C-889E-C316FC4AB374}`;
const LAP = `${LASSD}\\LAP\\lap_pw`;

const declaration = 'a document type or another markup declaration';

type Parm = readonly [path: string, name: string, value: string | number];

/** Numbers as servers set them, and others. */
const number = fc.oneof(
  fc.integer({ min: -1, max: 20 }),
  fc.integer({ min: 60, max: 20_000 }),
  fc.nat(),
  fc.constant(null),
);
const policy: fc.Arbitrary<EASProvisionDoc> = fc.record(
  {
    DevicePasswordEnabled: fc.oneof({ weight: 8, arbitrary: fc.constant(true) }, fc.constantFrom(false, null)),
    MaxInactivityTimeDeviceLock: number,
    MaxDevicePasswordFailedAttempts: number,
    MinDevicePasswordLength: number,
    AlphanumericDevicePasswordRequired: fc.constantFrom(true, false, null),
    AllowCamera: fc.boolean(),
    MaxAttachmentSize: number,
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** The document of a policy in 2.5, spelled out. */
const canonical = fc
  .record({
    minutes: fc.option(fc.integer({ min: 1, max: 166 })),
    threshold: fc.option(fc.integer({ min: 1, max: 0xffff_ffff })),
    length: fc.integer({ min: 1, max: 0xffff_ffff }),
    complexity: fc.constantFrom(0, 1, 2),
  })
  .map(({ minutes, threshold, length, complexity }) =>
    wap([
      ['SecurityPolicy', '4131', 0],
      [AE, 'AEFrequencyType', minutes === null ? 0 : 1],
      ...(minutes === null ? [] : [[AE, 'AEFrequencyValue', minutes] as const]),
      [LASSD, 'DeviceWipeThreshold', threshold ?? -1],
      [LASSD, 'CodewordFrequency', -1],
      [LAP, 'MinimumPasswordLength', length],
      [LAP, 'PasswordComplexity', complexity],
    ]),
  );

describe('properties', () => {
  it('a policy comes back as what 2.5 can say of it', () => {
    fc.assert(
      fc.property(policy, (policy) => {
        expect(decoded(encoded(policy))).toEqual(projected(policy));
      }),
      { numRuns: 1000 },
    );
  });

  it('so does every policy that may be handed out', () => {
    fc.assert(
      fc.property(validPolicy, (policy) => {
        expect(decoded(encoded(policy))).toEqual(projected(policy));
      }),
    );
  });

  it('a policy as peers send it is written, unless a number has more than 32 bits', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const text = wapPolicy.encode(policy);
        const numbers = [policy.MaxDevicePasswordFailedAttempts ?? 0, policy.MinDevicePasswordLength ?? 0];
        const fits = policy.DevicePasswordEnabled !== true || Math.max(...numbers) <= 0xffff_ffff;
        expect(text.ok || text.error.code).toBe(fits || 'ERR_POLICY_RANGE');
      }),
    );
  });

  it('what is carried in 2.5 is written as the whole is', () => {
    fc.assert(
      fc.property(policy, (policy) => {
        expect(encoded(projectPolicy(policy, '2.5').policy)).toBe(encoded(policy));
      }),
    );
  });

  it('what 2.5 can say it says again', () => {
    fc.assert(
      fc.property(policy, (policy) => {
        expect(encoded(decoded(encoded(policy)))).toBe(encoded(policy));
      }),
    );
  });

  it('a canonical document comes back as it was', () => {
    fc.assert(
      fc.property(canonical, (text) => {
        expect(encoded(decoded(text))).toBe(text);
      }),
    );
  });

  it('no device locks later than asked, a minute being the least', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9998 }), (asked) => {
        const { MaxInactivityTimeDeviceLock: locks } = decoded(
          encoded({ ...required, MaxInactivityTimeDeviceLock: asked }),
        );
        expect(locks).toBeGreaterThan(asked - 60);
        expect(locks).toBeLessThanOrEqual(Math.max(asked, 60));
      }),
    );
  });

  it('order, repetition, case and strangers change nothing', () => {
    fc.assert(
      fc.property(canonical, fc.infiniteStream(fc.nat()), (text, numbers) => {
        const next = (choices: number) => numbers.next().value! % choices;
        expect(wapPolicy.decode(disguised(text, next))).toEqual(wapPolicy.decode(text));
      }),
      { numRuns: 500 },
    );
  });

  it('any text is a policy or a problem, and any such policy can be written', () => {
    const texts = fc.oneof(soup, mutated(canonical), mutated(mutated(canonical)), anyText());
    fc.assert(
      fc.property(texts, (text) => {
        const read = wapPolicy.decode(text);
        if (read.ok) expect(wapPolicy.encode(read.value).ok).toBe(true);
        else expect(problemCodes).toHaveProperty(read.error.code);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('documents written', () => {
  it('a policy, as MS-ASPROV 2.2.2.24.2 lays it out', () => {
    const policy = {
      ...required,
      MaxInactivityTimeDeviceLock: 300,
      MaxDevicePasswordFailedAttempts: 8,
      MinDevicePasswordLength: 4,
    };
    expect(encoded(policy)).toBe(
      '<wap-provisioningdoc>' +
        '<characteristic type="SecurityPolicy"><parm name="4131" value="0"/></characteristic>' +
        '<characteristic type="Registry">' +
        '<characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD\\AE\\{50C13377-C66D-400C-889E-C316FC4AB374}">' +
        '<parm name="AEFrequencyType" value="1"/><parm name="AEFrequencyValue" value="5"/></characteristic>' +
        '<characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD">' +
        '<parm name="DeviceWipeThreshold" value="8"/><parm name="CodewordFrequency" value="-1"/></characteristic>' +
        '<characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD\\LAP\\lap_pw">' +
        '<parm name="MinimumPasswordLength" value="4"/><parm name="PasswordComplexity" value="2"/></characteristic>' +
        '</characteristic></wap-provisioningdoc>',
    );
  });

  it('a password and nothing else: what a document before asked for is unset', () => {
    expect(encoded(required)).toBe(
      wap([
        ['SecurityPolicy', '4131', 0],
        [AE, 'AEFrequencyType', 0],
        [LASSD, 'DeviceWipeThreshold', -1],
        [LASSD, 'CodewordFrequency', -1],
        [LAP, 'MinimumPasswordLength', 1],
        [LAP, 'PasswordComplexity', 2],
      ]),
    );
  });

  it.each<EASProvisionDoc>([
    {},
    { DevicePasswordEnabled: false, MinDevicePasswordLength: 4 },
    { DevicePasswordEnabled: null, MaxInactivityTimeDeviceLock: 300 },
  ])('no policy without a password: %j', (policy) => {
    expect(encoded(policy)).toBe(
      '<wap-provisioningdoc><characteristic type="SecurityPolicy"><parm name="4131" value="1"/></characteristic></wap-provisioningdoc>',
    );
  });

  it.each([
    [null, undefined],
    [-1, undefined],
    [0, 1],
    [59, 1],
    [60, 1],
    [119, 1],
    [120, 2],
    [9998, 166],
    [9999, undefined],
    [0xffff_ffff, undefined],
  ])('a lock after %s seconds is one after %s minutes', (seconds, minutes) => {
    const text = encoded({ ...required, MaxInactivityTimeDeviceLock: seconds });
    expect(/AEFrequencyType" value="(\d+)"/.exec(text)?.[1]).toBe(minutes === undefined ? '0' : '1');
    expect(/AEFrequencyValue" value="(\d+)"/.exec(text)?.[1]).toBe(minutes?.toString());
  });

  it.each<[string, unknown, string]>([
    ['a text for a number', { ...required, MinDevicePasswordLength: '4' }, 'ERR_POLICY_VALUE'],
    ['a fraction', { ...required, MaxInactivityTimeDeviceLock: 1.5 }, 'ERR_POLICY_VALUE'],
    ['a number for a boolean', { DevicePasswordEnabled: 1 }, 'ERR_POLICY_VALUE'],
    ['an element that there is not', { Policy: true }, 'ERR_POLICY_NAME'],
    ['nothing', null, 'ERR_POLICY_SHAPE'],
  ])('not written: %s', (_, policy, code) => {
    expect(wapPolicy.encode(policy as EASProvisionDoc)).toMatchObject({ ok: false, error: { code } });
  });

  it('a number of 32 bits is written, and none beyond', () => {
    expect(encoded({ ...required, MinDevicePasswordLength: 0xffff_ffff })).toContain('value="4294967295"');
    expect(wapPolicy.encode({ ...required, MinDevicePasswordLength: 0x1_0000_0000 })).toEqual(
      err(problem('ERR_POLICY_RANGE', 'expected at most 32 bits', { path: 'EASProvisionDoc/MinDevicePasswordLength' })),
    );
  });
});

describe('documents read', () => {
  it.each<[string, string, EASProvisionDoc]>([
    [
      'Horde, recorded: each parm in a characteristic of its own, and one without a value',
      '<wap-provisioningdoc><characteristic type="SecurityPolicy"><parm name="4131" value="0"/></characteristic><characteristic type="Registry"><characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD\\AE\\{50C13377-C66D-400C-889E-C316FC4AB374}"><parm name="AEFrequencyType" value="0"/></characteristic><characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD"><parm name="DeviceWipeThreshold" value="8"/></characteristic><characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD\\LAP\\lap_pw"><parm name="MinimumPasswordLength" value="6"/></characteristic><characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD\\LAP\\lap_pw"><parm name="PasswordComplexity" value=""/></characteristic></characteristic></wap-provisioningdoc>',
      { DevicePasswordEnabled: true, MaxDevicePasswordFailedAttempts: 8, MinDevicePasswordLength: 6 },
    ],
    [
      'the server that Thunderbird was recorded with: 4133 as well',
      '<wap-provisioningdoc><characteristic type="SecurityPolicy"><parm name="4131" value="0"/><parm name="4133" value="0"/></characteristic><characteristic type="Registry"><characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD\\AE\\{50C13377-C66D-400C-889E-C316FC4AB374}"><parm name="AEFrequencyType" value="1"/><parm name="AEFrequencyValue" value="5"/></characteristic><characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD"><parm name="DeviceWipeThreshold" value="8"/></characteristic><characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD\\LAP\\lap_pw"><parm name="MinimumPasswordLength" value="4"/><parm name="PasswordComplexity" value="2"/></characteristic></characteristic></wap-provisioningdoc>',
      {
        DevicePasswordEnabled: true,
        MaxInactivityTimeDeviceLock: 300,
        MaxDevicePasswordFailedAttempts: 8,
        MinDevicePasswordLength: 4,
      },
    ],
    [
      'Exchange 2003, as a fixture of AOSP has it',
      wap(
        [
          ['SecurityPolicy', '4131', 0],
          [AE, 'AEFrequencyType', 1],
          [AE, 'AEFrequencyValue', 5],
          [LASSD, 'DeviceWipeThreshold', 20],
          [LASSD, 'CodewordFrequency', 5],
          [LAP, 'MinimumPasswordLength', 8],
          [LAP, 'PasswordComplexity', 0],
        ],
        'apart',
      ),
      {
        DevicePasswordEnabled: true,
        MaxInactivityTimeDeviceLock: 300,
        MaxDevicePasswordFailedAttempts: 20,
        MinDevicePasswordLength: 8,
        AlphanumericDevicePasswordRequired: true,
      },
    ],
    [
      'Z-Push and grommunio: a constant',
      '<wap-provisioningdoc><characteristic type="SecurityPolicy"><parm name="4131" value="1"/><parm name="4133" value="1"/></characteristic></wap-provisioningdoc>',
      { DevicePasswordEnabled: false },
    ],
    [
      'omega: a constant whose Registry counts for nothing',
      wap([
        ['SecurityPolicy', '4131', 1],
        [AE, 'AEFrequencyType', 0],
        [AE, 'AEFrequencyValue', 0],
        [LASSD, 'DeviceWipeThreshold', 16],
        [LASSD, 'CodewordFrequency', -1],
        [LAP, 'MinimumPasswordLength', 1],
        [LAP, 'PasswordComplexity', 2],
      ]),
      { DevicePasswordEnabled: false },
    ],
  ])('%s', (_, text, policy) => {
    expect(wapPolicy.decode(text)).toEqual({ ok: true, value: policy });
  });

  it.each<[string, string, EASProvisionDoc]>([
    ['nothing: no policy', wap([]), { DevicePasswordEnabled: false }],
    [
      'no Registry and no 4131: no policy',
      '<wap-provisioningdoc><characteristic type="SecurityPolicy"/></wap-provisioningdoc>',
      { DevicePasswordEnabled: false },
    ],
    [
      'a Registry without 4131: a password',
      wap([[LAP, 'MinimumPasswordLength', 4]]),
      { ...required, MinDevicePasswordLength: 4 },
    ],
    [
      'an empty Registry: a password',
      '<wap-provisioningdoc><characteristic type="Registry"/></wap-provisioningdoc>',
      required,
    ],
    ['a lock of type 0: none', registry([AE, 'AEFrequencyType', 0], [AE, 'AEFrequencyValue', 5]), required],
    ['the type behind the value', registry([AE, 'AEFrequencyValue', 5], [AE, 'AEFrequencyType', 0]), required],
    [
      'a lock of no type: a lock',
      registry([AE, 'AEFrequencyValue', 5]),
      { ...required, MaxInactivityTimeDeviceLock: 300 },
    ],
    ['a lock without a time: none', registry([AE, 'AEFrequencyType', 1]), required],
    ['a lock at once', registry([AE, 'AEFrequencyValue', 0]), { ...required, MaxInactivityTimeDeviceLock: 1 }],
    ['a lock after -1: none', registry([AE, 'AEFrequencyType', 1], [AE, 'AEFrequencyValue', -1]), required],
    ['a threshold of 0: none', registry([LASSD, 'DeviceWipeThreshold', 0]), required],
    ['a threshold of -1: none', registry([LASSD, 'DeviceWipeThreshold', -1]), required],
    ['a length of 1: none', registry([LAP, 'MinimumPasswordLength', 1]), required],
    [
      'a numeric password',
      registry([LAP, 'PasswordComplexity', 1]),
      { ...required, AlphanumericDevicePasswordRequired: false },
    ],
    ['a complexity that nobody knows', registry([LAP, 'PasswordComplexity', 3]), required],
    ['a known parm in another place', registry([AE, 'MinimumPasswordLength', 4]), required],
    [
      'a value by reference',
      registry([LAP, 'MinimumPasswordLength', '&#54;']),
      { ...required, MinDevicePasswordLength: 6 },
    ],
    [
      'an XML declaration, which no writer sends',
      `<?xml version="1.0" encoding="utf-8"?>${registry([LAP, 'MinimumPasswordLength', 6])}`,
      { ...required, MinDevicePasswordLength: 6 },
    ],
    ['an unknown parm of any value', registry([LAP, 'PasswordColour', 'red']), required],
    [
      'a Registry for which nobody asked',
      wap([
        ['SecurityPolicy', '4131', 1],
        [LAP, 'MinimumPasswordLength', 'x'],
      ]),
      { DevicePasswordEnabled: false },
    ],
  ])('%s', (_, text, policy) => {
    expect(wapPolicy.decode(text)).toEqual({ ok: true, value: policy });
  });

  it.each([
    ['a value that is no integer', [LAP, 'MinimumPasswordLength', 'four']],
    ['a fraction', [LAP, 'MinimumPasswordLength', '4.0']],
    ['white space in a value', [LAP, 'MinimumPasswordLength', ' 4']],
    ['a value beyond 32 bits', [LAP, 'MinimumPasswordLength', 4294967296]],
    ['a value that nobody asks for, and no integer', [LASSD, 'CodewordFrequency', 'a']],
  ] as const)('not read: %s', (_, parm) => {
    const path = `registry/${parm[0].toLowerCase()}/${parm[1]}`;
    expect(wapPolicy.decode(registry(parm))).toEqual(
      err(problem('ERR_POLICY_VALUE', 'expected a 32-bit integer', { path })),
    );
  });

  it.each([
    ['neither 0 nor 1', 2, 'expected 0 or 1'],
    ['below 0', -1, 'expected 0 or 1'],
    ['no integer', 'no', 'expected a 32-bit integer'],
  ])('not read: a 4131 that is %s', (_, value, message) => {
    expect(wapPolicy.decode(wap([['SecurityPolicy', '4131', value]]))).toEqual(
      err(problem('ERR_POLICY_VALUE', message, { path: 'securitypolicy/4131' })),
    );
  });

  it('not read: a parm with two values', () => {
    const text = registry([LAP, 'MinimumPasswordLength', 4], [LAP, 'MinimumPasswordLength', 5]);
    const path = `registry/${LAP.toLowerCase()}/MinimumPasswordLength`;
    expect(wapPolicy.decode(text)).toEqual(err(problem('ERR_POLICY_SHAPE', 'a parm with two values', { path })));
  });

  it.each([
    ['another root', '<provisioningdoc/>', 'ERR_XML_SHAPE', 'the root is not wap-provisioningdoc'],
    ['a document type', `<!DOCTYPE wap-provisioningdoc>${wap([])}`, 'ERR_XML_DOCTYPE', declaration],
    [
      'a document type of another place',
      `<!DOCTYPE a SYSTEM "http://eas.test/a.dtd">${wap([])}`,
      'ERR_XML_DOCTYPE',
      declaration,
    ],
    [
      'entities that grow',
      `<!DOCTYPE a [<!ENTITY a "44"><!ENTITY b "&a;&a;&a;">]>${registry([LAP, 'MinimumPasswordLength', '&b;'])}`,
      'ERR_XML_DOCTYPE',
      declaration,
    ],
    ['an entity declared without a document type', `<!ENTITY a "4">${wap([])}`, 'ERR_XML_DOCTYPE', declaration],
    [
      'an entity that nothing declares',
      registry([LAP, 'MinimumPasswordLength', '&a;']),
      'ERR_XML_SYNTAX',
      'an & that begins no reference',
    ],
    ['no end', wap([]).slice(0, -1), 'ERR_XML_SYNTAX', 'an end tag that is not well-formed'],
    ['32 KiB', wap([[LAP, 'a', 'b'.repeat(0x8000)]]), 'ERR_XML_SIZE', 'more than 32768 characters'],
    ['depth', '<characteristic type="a">'.repeat(20), 'ERR_XML_SIZE', 'more than 16 elements inside each other'],
    [
      '1024 elements',
      `<wap-provisioningdoc>${'<parm/>'.repeat(0x400)}</wap-provisioningdoc>`,
      'ERR_XML_SIZE',
      'more than 1024 elements',
    ],
  ])('not read: %s', (_, text, code, message) => {
    expect(wapPolicy.decode(text)).toMatchObject({ ok: false, error: { code, message } });
  });

  it('a problem names the parm, not its value', () => {
    const read = wapPolicy.decode(registry([LAP, 'MinimumPasswordLength', 'secret']));
    expect(read).toMatchObject({ error: { path: `registry/${LAP.toLowerCase()}/MinimumPasswordLength` } });
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  it('white space and comments between elements are nothing', () => {
    const text = registry([LAP, 'MinimumPasswordLength', 4]).replaceAll('><', '>\r\n <!-- a --> <');
    expect(wapPolicy.decode(text)).toEqual({ ok: true, value: { ...required, MinDevicePasswordLength: 4 } });
  });
});

const required = { DevicePasswordEnabled: true } as const;

function encoded(policy: EASProvisionDoc): string {
  const text = wapPolicy.encode(policy);
  return text.ok ? text.value : expect.fail(text.error.message);
}

function decoded(text: string): EASProvisionDoc {
  const policy = wapPolicy.decode(text);
  return policy.ok ? policy.value : expect.fail(policy.error.message);
}

/** What 2.5 can say of a policy: whole minutes, and only what asks for something. */
function projected(policy: EASProvisionDoc): EASProvisionDoc {
  if (policy.DevicePasswordEnabled !== true) return { DevicePasswordEnabled: false };
  const seconds = policy.MaxInactivityTimeDeviceLock ?? 9999;
  const attempts = policy.MaxDevicePasswordFailedAttempts ?? 0;
  const length = policy.MinDevicePasswordLength ?? 0;
  const alphanumeric = policy.AlphanumericDevicePasswordRequired ?? null;
  const minute = 60;
  return {
    DevicePasswordEnabled: true,
    ...(seconds >= 0 && seconds < 9999
      ? { MaxInactivityTimeDeviceLock: seconds < minute ? minute : seconds - (seconds % minute) }
      : {}),
    ...(attempts > 0 ? { MaxDevicePasswordFailedAttempts: attempts } : {}),
    ...(length > 1 ? { MinDevicePasswordLength: length } : {}),
    ...(alphanumeric === null ? {} : { AlphanumericDevicePasswordRequired: alphanumeric }),
  };
}

/** A document with these parms, those that follow each other in one place in one characteristic, or each apart. */
function wap(parms: readonly Parm[], layout: 'together' | 'apart' = 'together'): string {
  const security = parms.filter(([path]) => path === 'SecurityPolicy');
  const registry = parms.filter(([path]) => path !== 'SecurityPolicy');
  const inside = characteristics(registry, layout);
  const block = registry.length > 0 ? `<characteristic type="Registry">${inside}</characteristic>` : '';
  return `<wap-provisioningdoc>${characteristics(security, layout)}${block}</wap-provisioningdoc>`;
}

function registry(...parms: readonly Parm[]): string {
  return wap([['SecurityPolicy', '4131', 0], ...parms]);
}

function characteristics(parms: readonly Parm[], layout: 'together' | 'apart'): string {
  return parms
    .map(([path, name, value], index) => {
      const begins = layout === 'apart' || path !== parms[index - 1]?.[0];
      const ends = layout === 'apart' || path !== parms[index + 1]?.[0];
      const parm = `<parm name="${name}" value="${value}"/>`;
      return `${begins ? `<characteristic type="${path}">` : ''}${parm}${ends ? '</characteristic>' : ''}`;
    })
    .join('');
}

/** The same document: its parms in any order, some twice, types in any case, strangers among them. */
function disguised(text: string, next: (choices: number) => number): string {
  const found = [...text.matchAll(/type="([^"]*)"|<parm name="([^"]*)" value="([^"]*)"/g)];
  let path = '';
  const parms = found.flatMap(([, type, name, value]) => {
    if (type !== undefined) path = type;
    return type === undefined ? [{ path, name, value }] : [];
  });
  const strangers = [
    '<characteristic type="CertificateStore"><parm name="4131" value="1"/></characteristic>',
    '<nocharacteristic/>',
    '<!-- a -->',
    '<parm name="4131" value="1"/>',
  ];
  const blocks = [...parms, ...parms.filter(() => next(3) === 0)].map(({ path, name, value }) => {
    const cased = next(2) === 0 ? path.toLowerCase() : path.toUpperCase();
    const inner = `<characteristic type="${cased}"><parm value='${value}' name="${name}"/><parm name="x" value="y"/></characteristic>`;
    return path === 'SecurityPolicy'
      ? inner
      : `<characteristic type="REGISTRY">${inner}${strangers[next(4)]}</characteristic>`;
  });
  const order = blocks.map((block) => ({ block, rank: next(1000) })).sort((a, b) => a.rank - b.rank);
  return `<wap-provisioningdoc>${order.map(({ block }) => block + strangers[next(4)]).join('\n')}</wap-provisioningdoc>`;
}
