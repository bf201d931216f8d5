/** `docs/policy.md`: what can be done with a policy before a device sees it, and what a device makes of it. */
import { deviceFeatures, type EnforcementRow, enforcement } from '../../../src/policy/enforcement.js';
import { knownClients } from '../../../src/policy/known-clients.js';
import type { LintRule } from '../../../src/policy/lint-rule.js';
import { lintRules } from '../../../src/policy/lint-rules.js';
import { lossReasons } from '../../../src/policy/project.js';
import { type VerdictReasonRow, verdictReasons } from '../../../src/policy/verdict.js';
import { code, page, table } from './markdown.js';

export function policyPage(): string {
  return page(
    'Policies',
    INTRODUCTION,
    DOCUMENT,
    REVISION,
    PROJECTION,
    table(['reason', 'meaning'], meanings(lossReasons)),
    DIFFERENCE,
    LINT,
    ruleTable(),
    EVALUATION,
    verdictTable(),
    CAPABILITIES,
    table(['feature', 'a device without it'], meanings(deviceFeatures)),
    KNOWN_CLIENTS,
    ENFORCEMENT,
    enforcementTable(),
  );
}

const INTRODUCTION = `A policy is plain data, and \`eas-provisioning/policy\` is all that can be said of it without a device or a server: is it
well formed, has it changed, what does a version make of it, is it stricter than the last, is it what its author meant,
and what will a device acknowledge. Everything is a pure function but the revision, which takes the platform's SHA-256.
The [command line](cli.md#policy) does the same with files.`;

const DOCUMENT = `## The document

An \`EASProvisionDoc\` is an object of [policy elements](policy-elements.md) by name: booleans, numbers, lists of texts. It is
independent of the protocol version. An absent element asks for nothing; \`null\` is an element that is present but empty,
which unsets it; neither is 0 or \`false\`. Password rules count for nothing unless \`DevicePasswordEnabled\` is true
(MS-ASPROV 3.1.5.1.1.1).

\`\`\`ts
import { validatePolicy } from 'eas-provisioning/policy';

const policy = validatePolicy({ DevicePasswordEnabled: true, MinDevicePasswordLength: 60 });
console.log(policy.ok || policy.error.path, policy.ok || policy.error.message);
// EASProvisionDoc/MinDevicePasswordLength Expected 1 to 16, or null.
\`\`\`

What passes may be handed out. A policy that was read from a peer may hold numbers outside their ranges; everything below
takes those too.`;

const REVISION = `## The revision

\`policyRevision(policy)\` is 16 hexadecimal digits: the beginning of SHA-256 over the canonical document. Two policies have
one revision exactly when they are the same document, whatever the order of their properties. The server compares
revisions to notice a change ([decision](decisions/0012-policy-revision.md)); it computes each once, by object, so give it
the same object while the policy is the same, and never change one.`;

const PROJECTION = `## What a version carries

\`projectPolicy(policy, version)\` gives what a device of that version is asked for, and what is \`lost\`: each element with
its value and the reason. \`weakens\` is whether the device is asked for less. Put together both are the policy again;
projected again, nothing is lost.

\`\`\`ts
import { projectPolicy } from 'eas-provisioning/policy';

const strict = { DevicePasswordEnabled: true, MaxInactivityTimeDeviceLock: 90, RequireDeviceEncryption: true };
const { policy, lost } = projectPolicy(strict, '2.5');
console.log(policy.MaxInactivityTimeDeviceLock); // 60
console.log(lost.filter(({ weakens }) => weakens).map(({ element }) => element)); // ['RequireDeviceEncryption']
\`\`\``;

const DIFFERENCE = `## What differs

\`diffPolicies(before, after)\` has a row for each element that differs: its value \`before\` and \`after\` (\`undefined\` for
absent), the \`change\` (\`added\`, \`removed\`, \`changed\`) and the \`effect\`, \`stricter\`, \`looser\` or \`other\`. Which value is
stricter is a column of the [table of elements](policy-elements.md). The effect is seen with both policies whole: a password
rule that changes while no password is required asks for nothing, and is \`other\`. There are no rows exactly when both
have one revision.

\`\`\`ts
import { diffPolicies } from 'eas-provisioning/policy';

const changes = diffPolicies({ AllowCamera: false }, { AllowCamera: true, MaxAttachmentSize: 500_000 });
console.log(changes.map(({ element, effect }) => \`\${element} \${effect}\`)); // ['MaxAttachmentSize stricter', 'AllowCamera looser']
\`\`\``;

const LINT = `## What is questionable

\`lintPolicy(policy, { versions })\` gives findings, errors first: \`code\`, \`severity\`, the \`elements\` concerned, a \`message\`
and, where it is about some versions only, the \`versions\`. An *error* contradicts itself or may not be handed out, a
*warning* asks less than it seems to or is refused by devices in use, a *note* is worth knowing. \`versions\` are those that
your devices speak, by default all seven. Codes are kept.`;

const EVALUATION = `## What a device makes of it

\`evaluatePolicy(policy, capabilities)\` gives the Status that a device acknowledges with, and a verdict on each element
(MS-ASPROV 3.1.5.1.1, 2.2.2.54.1).

\`\`\`ts
import { type DeviceCapabilities, evaluatePolicy } from 'eas-provisioning/policy';

const device: DeviceCapabilities = {
  enforces: ['DevicePasswordEnabled', 'MinDevicePasswordLength', 'MaxInactivityTimeDeviceLock', 'AllowHTMLEmail'],
  strictest: { MinDevicePasswordLength: 8 },
  lacks: ['Camera', 'Infrared'],
};
const policy = { DevicePasswordEnabled: true, MinDevicePasswordLength: 10, AllowCamera: false };
const { status, verdicts } = evaluatePolicy(policy, device);
console.log(status, verdicts.find(({ element }) => element === 'MinDevicePasswordLength')?.reason); // 2 TooStrict
\`\`\`

| status | said when |
|---|---|
| 1 | every element is enforced, ignored or not applicable |
| 2 | some cannot be enforced, and the password is; where no password is asked for, anything that is asked for is |
| 3 | no more than that |
| 4 | another product manages the device, whatever the policy asks |

More capabilities never give a worse status. The reasons for a verdict, of which the first that is true is given:`;

const CAPABILITIES = `### Capabilities

| member | meaning |
|---|---|
| \`enforces\` | the elements that the device can enforce, or \`'all'\`; a device that does without what an element is about, a browser perhaps, enforces it |
| \`strictest\` | by element, the strictest number that it can enforce, in the element's unit; without one, any |
| \`lacks\` | the features that it does not have, of those for which the specification says to ignore the element |
| \`managedByOthers\` | whether another product manages the device |`;

const KNOWN_CLIENTS = `\`knownClients\` has the capabilities of clients in the field, as their sources have them: ${Object.keys(knownClients).join(', ')}.
Give one to \`evaluatePolicy\` to see what its devices will say of a policy.`;

const ENFORCEMENT = `### What it takes

An element may stand in \`enforces\` when the device does this. *Unless it lacks* is the feature without which the element
counts as enforced, with the requirement of MS-ASPROV that says so.`;

function meanings(rows: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  return Object.entries(rows).map(([name, meaning]) => [code(name), meaning]);
}

function ruleTable(): string {
  const rules: readonly (readonly [string, LintRule])[] = Object.entries(lintRules);
  return table(
    ['code', 'severity', 'finding', 'source'],
    rules.map(([name, { severity, meaning, source }]) => [code(name), severity, meaning, source]),
  );
}

function verdictTable(): string {
  const rows: readonly (readonly [string, VerdictReasonRow])[] = Object.entries(verdictReasons);
  return table(
    ['reason', 'verdict', 'meaning', 'requirement'],
    rows.map(([name, { verdict, meaning, requirement }]) => [code(name), verdict, meaning, requirement ?? '']),
  );
}

function enforcementTable(): string {
  const rows: readonly (readonly [string, EnforcementRow])[] = Object.entries(enforcement);
  return table(
    ['element', 'enforced by', 'requirement', 'unless it lacks'],
    rows.map(([name, { by, requirement, feature, without }]) => [
      code(name),
      by,
      requirement ?? '',
      feature ? `${code(feature)} (${without})` : '',
    ]),
  );
}
