import { expect, test } from 'vitest';
import { UsageError } from '../../src/cli/exit-code.js';
import { policyIn, policyOrNoneIn } from '../../src/cli/policy-file.js';

const holding = (text: string) => ({ input: async () => new TextEncoder().encode(text) });

test('a file holds a policy; null is none where that may be', async () => {
  expect(await policyIn('-', holding('{"AllowCamera":false}'))).toEqual({ AllowCamera: false });
  expect(await policyOrNoneIn('-', holding('{"AllowCamera":false}'))).toEqual({ AllowCamera: false });
  expect(await policyOrNoneIn('-', holding(' null\n'))).toBeNull();
  await expect(policyIn('-', holding('null'))).rejects.toThrow('-: EASProvisionDoc: Expected an object');
});

test.each([['{'], [''], ['[]'], ['{"AllowCamera":1}'], ['{"x":1}']])('%j is wrong usage', async (text) => {
  await expect(policyIn('-', holding(text))).rejects.toThrow(UsageError);
  await expect(policyOrNoneIn('-', holding(text))).rejects.toThrow(UsageError);
});
