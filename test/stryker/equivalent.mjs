/**
 * Mutants of the sources that no test can notice, and why: what was written, what stands there instead, and, where the
 * same stands elsewhere in the file, a part of the line. A row whose mutants are all killed fails the run.
 */
export const equivalent = {
  'machines/provisioning.admission.ts': [
    { from: 'reason !== null', to: 'true', why: 'no reason has no rank either; only the type needs to hear it' },
  ],
  'machines/provisioning.compile.ts': [
    { from: '/^\\./', to: '/\\./', why: 'the name of a state has no dot within it: XState does not allow one' },
    {
      from: "typeof name === 'string'",
      to: 'true',
      why: 'what is no text names nothing; only the type needs to hear it',
    },
  ],
  'machines/provisioning.guards.ts': [
    {
      from: "!is(event, 'ProvisionRejected')",
      to: 'false',
      why: 'no other fact has a scope and a Status that the lines after it look for',
    },
  ],
  'machines/provisioning.step.ts': [
    { from: 'asked.length === 0', to: 'false', why: 'saves a copy of a list: the same list results' },
  ],
  'src/client/agreement.ts': [
    {
      from: '{ if (!(failure instanceof HostFailure)) throw failure; }',
      to: '{}',
      why: 'only a fault of this library is no HostFailure here',
    },
    { from: '!(failure instanceof HostFailure)', to: 'false', why: 'likewise' },
    { from: 'policy === null', to: 'false', why: 'no policy is four characters of JSON, and so never too long' },
  ],
  'src/client/exchange-loop.ts': [
    { from: '[]', to: '["Stryker was here"]', line: "kind: 'Take'", why: 'what the fact asks for takes its place' },
  ],
  'src/client/interpret.ts': [
    { from: "'account'", to: '""', line: 'carriesWipe', why: 'every version carries the other scope' },
    {
      from: "fact.type === 'ProvisionRejected'",
      to: 'true',
      why: 'no other fact has the scope Http; only the type needs to hear it',
    },
    { from: 'status === undefined', to: 'false', why: 'two lines on it says nothing either, being no number' },
  ],
};
