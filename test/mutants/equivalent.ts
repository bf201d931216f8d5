const DISJOINT_STATUSES = 'no status both may be mended by time and demands to begin again';
const EMPTY = 'nothing is asked of that side anyway';
const CONSTANT = 'what is forgotten stays forgotten';
const FROM_FACT = 'the memory is made of the fact alone, or of what the first time leaves as it was';
const GRAVER = 'the graver of two reasons is no less grave than either';

/**
 * Mutants that are no other machine, by id, each with the reason. `npm run mutants` holds every entry to it: nobody may
 * kill the mutant, and no fact may tell it from the shipped machine in any state of `test/support/reachable.ts`.
 */
export const equivalent: Readonly<Record<string, string>> = {
  'AwaitingPolicy.ProvisionRejected: 0 and 1 swapped': DISJOINT_STATUSES,
  'Acknowledging.ProvisionRejected: 0 and 1 swapped': DISJOINT_STATUSES,
  'Acknowledging.PolicyNotDefined: 0 and 1 swapped': 'a policy is not both applied and not applied',
  'Acknowledging.WipeAcknowledged: 0 and 1 swapped': 'a wipe is not both done and failed',
  'reloadPolicy -> nothing (client)': EMPTY,
  'repeat -> nothing (server)': EMPTY,
  'scheduleDemand -> nothing (client)': EMPTY,
  ...twice(CONSTANT, {
    forgetOffer: [
      '*.ReprovisionRequired[0]',
      'AwaitingPolicy.WipeNotDirected[0]',
      'AwaitingPolicy.ProvisionRejected[1]',
      'AwaitingPolicy.ProvisionRejected[2]',
      'AwaitingPolicy.ExchangeFailed[1]',
      'Acknowledging.PolicyNotDefined[1]',
      'Acknowledging.WipeAcknowledged[1]',
      'Acknowledging.PolicyDetermined[0]',
      'Acknowledging.ProvisionRejected[1]',
      'Acknowledging.ProvisionRejected[2]',
      'Acknowledging.ExchangeFailed[1]',
      'Acknowledging.OfferExpired[0]',
      'Provisioned.PolicyDetermined[1]',
    ],
    forgetTries: [
      'AwaitingPolicy.ProvisionRejected[2]',
      'AwaitingPolicy.ExchangeFailed[1]',
      'Acknowledging.PolicyNotDefined[1]',
      'Acknowledging.WipeAcknowledged[1]',
      'Acknowledging.ProvisionRejected[2]',
      'Acknowledging.ExchangeFailed[1]',
      'Acknowledging.OfferExpired[0]',
    ],
    forgetAll: ['*.Reset[0]', 'Acknowledging.WipeCompleted[0]'],
    forgetWipe: ['*.WipeCancelled[0]'],
    forgetReason: ['AwaitingPolicy.WipeNotDirected[0]'],
    forgetCycles: ['Provisioned.CommandAdmitted[0]'],
    keepNoKey: ['AwaitingPolicy.PolicyNotDefined[0]', 'Acknowledging.PolicyNotDefined[0]'],
  }),
  ...twice(FROM_FACT, {
    keepOffer: ['AwaitingPolicy.PolicyOffered[0]'],
    keepDirective: ['AwaitingPolicy.WipeDirected[0]', 'Acknowledging.WipeDirected[1]'],
    keepAcknowledgment: ['Acknowledging.PolicyAcknowledged[0]'],
    keepConfirmation: ['Acknowledging.WipeAcknowledged[0]'],
    keepFailure: [
      'AwaitingPolicy.ProvisionRejected[2]',
      'AwaitingPolicy.ExchangeFailed[1]',
      'Acknowledging.PolicyNotDefined[1]',
      'Acknowledging.WipeAcknowledged[1]',
      'Acknowledging.ProvisionRejected[2]',
      'Acknowledging.ExchangeFailed[1]',
      'Acknowledging.OfferExpired[0]',
      'NeedsReprovision.PolicyRequested[1]',
    ],
  }),
  ...twice(GRAVER, {
    keepReason: [
      '*.ReprovisionRequired[0]',
      'AwaitingPolicy.ReprovisionRequired[0]',
      'AwaitingPolicy.ProvisionRejected[1]',
      'Acknowledging.PolicyDetermined[0]',
      'Acknowledging.ProvisionRejected[1]',
      'Provisioned.PolicyDetermined[1]',
    ],
  }),
};

/** The doubled updates of some edges, all for one reason. */
function twice(reason: string, edgesOf: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(edgesOf).flatMap(([update, edges]) => edges.map((edge) => [`${edge}: twice ${update}`, reason])),
  );
}
