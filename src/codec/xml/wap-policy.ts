import { type EASProvisionDoc, validatePolicyTypes } from '../../protocol/policy.js';
import { problem } from '../../protocol/problem.js';
import { type Coder, err, ok, type Result } from '../../protocol/result.js';
import { buildXml, parseXml, type XmlLimits, type XmlNode } from './strict.js';
import { characteristic, parm, parmsIn, typeOf, valuesOf, WAP_ROOT, wapDocument } from './wap-document.js';
import { type WapElement, wapElements } from './wap-elements.js';

/**
 * The policy of protocol 2.5, `MS-WAP-Provisioning-XML`: the text of `Data` (MS-ASPROV 2.2.2.24.2).
 *
 * Version 2.5 carries five elements: DevicePasswordEnabled, MaxInactivityTimeDeviceLock (in minutes),
 * MaxDevicePasswordFailedAttempts, MinDevicePasswordLength and AlphanumericDevicePasswordRequired. `encode` leaves all
 * others out, and all but the first unless that is `true`. Seconds become whole minutes, rounded down so that no device
 * locks later than asked, below one minute excepted: 2.5 has no shorter time. `decode(encode(policy))` is what 2.5 can
 * say of the policy, without what asks for nothing; what `encode` wrote, `decode` and `encode` give back unchanged.
 *
 * `decode` reads parms in any order, characteristics repeated and types in any case, skips what it does not know, and
 * takes a parm with an empty value, which Horde sends, as absent. Without parm 4131 a password is required if there is
 * a Registry block.
 *
 * `encode` answers `ERR_POLICY_SHAPE`, `ERR_POLICY_NAME`, `ERR_POLICY_VALUE`, or `ERR_POLICY_RANGE` for a number beyond 32
 * bits. `decode` answers `ERR_XML_SIZE` beyond 32 Ki characters, `ERR_XML_DOCTYPE` or `ERR_XML_SYNTAX`, `ERR_XML_SHAPE` for
 * another root, `ERR_POLICY_VALUE` for a value that is no 32-bit integer or a 4131 that is neither 0 nor 1, and
 * `ERR_POLICY_SHAPE` for a parm with two values. Such a document is corrupt: Status 3 acknowledges it.
 */
export const wapPolicy: Coder<EASProvisionDoc, string> = {
  encode(policy) {
    const valid = validatePolicyTypes(policy);
    if (!valid.ok) return valid;
    const required = policy.DevicePasswordEnabled === true;
    const registry = required ? registryOf(policy) : ok([]);
    if (!registry.ok) return registry;
    const security = characteristic('SecurityPolicy', [parm(NO_PASSWORD, required ? 0 : 1)]);
    return buildXml(wapDocument([security, ...registry.value]), 'compact', limits);
  },
  decode(input) {
    const root = parseXml(input, limits);
    if (!root.ok) return root;
    if (root.value.name !== WAP_ROOT) return err(problem('ERR_XML_SHAPE', `the root is not ${WAP_ROOT}`));
    const required = passwordRequired(root.value);
    if (!required.ok) return required;
    return required.value ? policyIn(root.value) : ok({ DevicePasswordEnabled: false });
  },
};

/** The Registry block: one characteristic for each path, its parms in the order of the rows. */
function registryOf(policy: EASProvisionDoc): Result<readonly XmlNode[]> {
  const paths = new Map<string, XmlNode[]>(rows.map(([, { path }]) => [path, []]));
  for (const [element, row] of rows) {
    for (const [name, value] of Object.entries(row.write(policy))) {
      if (value > 0xffff_ffff) {
        return err(problem('ERR_POLICY_RANGE', 'expected at most 32 bits', { path: `EASProvisionDoc/${element}` }));
      }
      paths.get(row.path)!.push(parm(name, value));
    }
  }
  return ok([
    characteristic(
      'Registry',
      [...paths].map(([path, parms]) => characteristic(path, parms)),
    ),
  ]);
}

function passwordRequired(root: XmlNode): Result<boolean> {
  const values = valuesOf(parmsIn(root), new Set([`securitypolicy/${NO_PASSWORD}`]));
  if (!values.ok) return values;
  const ifAbsent = root.children.some((child) => typeOf(child) === 'registry') ? 0 : 1;
  const value = values.value.get(NO_PASSWORD) ?? ifAbsent;
  if (value === 0 || value === 1) return ok(value === 0);
  return err(problem('ERR_POLICY_VALUE', 'expected 0 or 1', { path: `securitypolicy/${NO_PASSWORD}` }));
}

function policyIn(root: XmlNode): Result<EASProvisionDoc> {
  const values = valuesOf(parmsIn(root), registryParms);
  if (!values.ok) return values;
  const asked = rows.map(([element, row]) => [element, row.read(values.value)] as const);
  const present = Object.fromEntries(asked.filter(([, value]) => value !== undefined));
  return ok({ DevicePasswordEnabled: true, ...present } as EASProvisionDoc);
}

/** 0: a device password is required; 1: none is. */
const NO_PASSWORD = '4131';

const rows: readonly (readonly [string, WapElement])[] = Object.entries(wapElements);

const registryParms: ReadonlySet<string> = new Set(
  rows.flatMap(([, { path, parms }]) => parms.map((name) => `registry/${path.toLowerCase()}/${name}`)),
);

/** Thirty times the document that `encode` writes. */
const limits: XmlLimits = { characters: 0x8000, depth: 16, elements: 0x400, attributes: 16 };
