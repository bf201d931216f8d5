/**
 * Mutants of the sources that no test can notice, and why: what was written, what stands there instead, and, where the
 * same stands elsewhere in the file, a part of the line. A row whose mutants are all killed fails the run.
 */
export const equivalent = {
  'machines/provisioning.guards.ts': [
    {
      from: "!is(event, 'ProvisionRejected')",
      to: 'false',
      why: 'no other fact has a scope and a Status that the lines after it look for',
    },
  ],
};
