/** What stands behind each requirement: tests that name it, a check of its wording, or a reason. */
import { type Proof, proofsInTests } from '../support/conformance.js';
import { normative, type Requirement, requirementOf } from '../support/requirements.js';
import { type Claim, claimFor } from './claim.js';
import { claims } from './claims.js';
import { type NotApplicable, notApplicable, type Reason } from './not-applicable.js';

export interface Covered {
  readonly requirement: Requirement;
  /** The titles that name it. */
  readonly proofs: readonly Proof[];
  /** The check of its wording, if there is one. */
  readonly claim: Claim | undefined;
  /** Why it is not the library's to fulfil, if so. */
  readonly reason: Reason | undefined;
  readonly because: string | undefined;
  readonly kind: 'Named' | 'Checked' | 'NotApplicable' | 'Open';
}

export interface Coverage {
  /** Every normative requirement, in the order of the sections. */
  readonly all: readonly Covered[];
  /** What the tests claim to prove, ids of MS-ASCMD and MS-ASHTTP among it. */
  readonly proofs: readonly Proof[];
}

export function coverage(proofs = proofsInTests(), reasons = notApplicable, required = normative): Coverage {
  return { proofs, all: required.map((requirement) => coveredBy(requirement, proofs, reasons)) };
}

function coveredBy(requirement: Requirement, all: readonly Proof[], reasons: readonly NotApplicable[]): Covered {
  const claim = claimFor(claims, requirement);
  const row = reasons.find(({ ids }) => ids.includes(requirement.id));
  const reason = claim?.isObeyedByDevice ? 'DeviceEnforcement' : row?.reason;
  const proofs = all.filter(({ id }) => id === requirement.id);
  return { requirement, proofs, claim, reason, because: row?.because, kind: kindOf(reason, claim, proofs) };
}

function kindOf(reason: Reason | undefined, claim: Claim | undefined, proofs: readonly Proof[]): Covered['kind'] {
  if (reason) return 'NotApplicable';
  if (claim) return 'Checked';
  return proofs.length > 0 ? 'Named' : 'Open';
}

/** What is wrong with it, in words: an id that does not exist, a requirement without proof or with an excuse too many. */
export function faultsOf({ all, proofs }: Coverage, reasons = notApplicable): readonly string[] {
  const excused = reasons.flatMap(({ ids }) => ids);
  const unknown = proofs.filter(({ id }) => id.startsWith('R') && !requirementOf(id));
  return [
    ...unknown.map(({ id, file, title }) => `${id} does not exist, in ${file}: ${title}`),
    ...excused.filter((id) => !requirementOf(id)?.isNormative).map((id) => `${id} binds nobody and needs no reason`),
    ...excused.filter((id, i) => excused.indexOf(id) !== i).map((id) => `${id} has two reasons`),
    ...all.flatMap(({ requirement: { id, summary }, ...covered }) => {
      const isProven = covered.proofs.length > 0 || covered.claim !== undefined;
      if (covered.kind === 'Open') return [`${id} has neither proof nor reason: ${summary}`];
      if (covered.because === undefined || !isProven) return [];
      return covered.reason === 'DeviceEnforcement' ? [] : [`${id} is proven and needs no reason: ${summary}`];
    }),
  ];
}
