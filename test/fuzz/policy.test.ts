import { describe } from 'vitest';
import { policyTarget, shippedPolicy } from './policy.js';
import { shortRun } from './short-run.js';

const { project, diff, evaluate, validateTypes } = shippedPolicy;

describe('fuzz: policy', () => {
  shortRun(policyTarget(), 1000, [
    [
      'elements that no row names may be anything',
      'what can be written is written',
      mutant({
        validateTypes(policy) {
          const typed = validateTypes(policy);
          if (typed.ok || typeof policy !== 'object' || policy === null || !('unknownElements' in policy)) return typed;
          const { unknownElements, ...known } = policy;
          if (!Array.isArray(unknownElements) || !validateTypes(known).ok) return typed;
          return { ok: true, value: { ...known, unknownElements } };
        },
      }),
    ],
    ['any value is valid', 'what is valid can be written', mutant({ validate: () => ({ ok: true, value: {} }) })],
    [
      'a loss is not told',
      'what is not sent is told',
      mutant({ project: (...of) => ({ ...project(...of), lost: [] }) }),
    ],
    [
      'what is taken away asks for more',
      'stricter read backwards is looser',
      mutant({
        diff: (...of) =>
          diff(...of).map((each) => (each.change === 'removed' ? { ...each, effect: 'stricter' } : each)),
      }),
    ],
    [
      'a device that can do all says 3',
      'more capabilities give no worse status',
      mutant({ evaluate: (policy, of) => ({ ...evaluate(policy, of), ...(of.enforces === 'all' && { status: 3 }) }) }),
    ],
  ]);
});

function mutant(broken: Partial<typeof shippedPolicy>) {
  return policyTarget({ ...shippedPolicy, ...broken });
}
