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
  'src/client/outcome.ts': [
    { from: "failure.kind === 'ExchangeFailed'", to: 'true', why: 'no other failure has a fault; only the type asks' },
  ],
  'src/client/ports.ts': [
    { from: '{ once: true }', to: '{}', why: 'a signal is aborted once; a second stop would change nothing' },
    { from: 'true', to: 'false', line: 'once', why: 'likewise' },
  ],
  'src/client/stored-state.ts': [
    {
      from: "typeof value !== 'string'",
      to: 'false',
      why: 'a place that is no text is equal to none; only the type asks',
    },
    { from: 'value === undefined', to: 'false', why: 'nothing is no policy either' },
    { from: 'Number(value) >= 0', to: 'Number(value) > 0', why: 'none is 0 either way' },
    { from: "''", to: '"Stryker was here!"', line: 'text.ok', why: 'there are no bytes without a base64 form' },
    { from: '{ return null; }', to: '{}', why: 'undefined is no object either' },
  ],
};
