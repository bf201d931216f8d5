/** The generated pages say what the sources say. Rewrite them with `npx vitest run test/pages.test.ts -u`. */
import { describe, expect, test } from 'vitest';
import { readPage } from './support/documentation.js';
import { administrationPage } from './support/pages/administration.js';
import { chart } from './support/pages/chart.js';
import { conformancePage } from './support/pages/conformance.js';
import { errorsPage } from './support/pages/errors.js';
import { exchangesPage } from './support/pages/exchanges.js';
import { invariantsPage } from './support/pages/invariants.js';
import { machinePage } from './support/pages/machine.js';
import { picture } from './support/pages/picture.js';
import { policyPage } from './support/pages/policy.js';
import { policyElementsPage } from './support/pages/policy-elements.js';
import { probePage } from './support/pages/probe.js';
import { statusesPage } from './support/pages/statuses.js';
import { versionsPage } from './support/pages/versions.js';

describe('generated pages are current', () => {
  test.each<[string, () => string | Promise<string>]>([
    ['machine', machinePage],
    ['policy', policyPage],
    ['policy-elements', policyElementsPage],
    ['statuses', statusesPage],
    ['versions', versionsPage],
    ['errors', errorsPage],
    ['administration', administrationPage],
    ['conformance', conformancePage],
    ['invariants', invariantsPage],
    ['probe', probePage],
    ['exchanges', exchangesPage],
  ])('docs/%s.md', async (name, render) => {
    await expect(await render()).toMatchFileSnapshot(`../docs/${name}.md`);
  });

  test('the chart of README.md is the machine’s', () => {
    const { text } = readPage('README.md');
    expect(text).toContain(chart());
    expect(text).toContain(picture('machine').replaceAll('images/', 'docs/images/'));
  });
});
