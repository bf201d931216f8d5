/** What an author without the engine would write for a server's happy path: one switch, no tables. */
const none = [];

export function reduce(state, event) {
  const { name, context } = state;
  switch (event.type) {
    case 'PolicyRequested':
      return [
        {
          name: 'AwaitingPolicy',
          context: {
            ...context,
            policyKey: '0',
            pending: null,
            revision: null,
            settledKey: null,
            attempts: 0,
            cycles: context.cycles + 1,
            failure: null,
          },
        },
        [{ type: 'LoadPolicy', reason: context.reason }],
      ];
    case 'PolicyOffered': {
      const { policyKey, policy, revision } = event;
      if (name !== 'AwaitingPolicy' || policyKey === '0') return [state, none];
      const pending = { kind: 'Policy', policy, revision, status: null };
      return [
        { name: 'Acknowledging', context: { ...context, policyKey, pending, attempts: 0, reason: null } },
        [
          { type: 'StorePolicyKey', policyKey },
          { type: 'Respond', response: { kind: 'PolicyResponse', policyKey, policy } },
          { type: 'StartTimer', event: { type: 'OfferExpired', policyKey } },
        ],
      ];
    }
    case 'PolicyAcknowledged': {
      const { pending, policyKey } = context;
      if (name !== 'Acknowledging' || pending?.kind !== 'Policy' || event.policyKey !== policyKey) return [state, none];
      const next = { name, context: { ...context, pending: { ...pending, status: event.status } } };
      return [next, [{ type: 'JudgeAcknowledgment', status: event.status }]];
    }
    case 'PermanentKeyIssued': {
      const { pending, policyKey: settledKey } = context;
      if (name !== 'Acknowledging' || pending?.kind !== 'Policy' || pending.status === null) return [state, none];
      const { policyKey } = event;
      const { revision } = pending;
      const settled = { policyKey, pending: null, revision, settledKey, attempts: 0, reason: null, failure: null };
      return [
        { name: 'Provisioned', context: { ...context, ...settled } },
        [
          { type: 'StorePolicyKey', policyKey },
          { type: 'Respond', response: { kind: 'PermanentKeyResponse', policyKey } },
          { type: 'Report', outcome: { kind: 'Provisioned', policyKey } },
        ],
      ];
    }
    case 'CommandAdmitted':
      if (name !== 'Provisioned' || event.policyKey !== context.policyKey) return [state, none];
      if (context.cycles === 0 && context.settledKey === null) return [state, none];
      return [{ name, context: { ...context, cycles: 0, settledKey: null } }, none];
    default:
      return [state, none];
  }
}
