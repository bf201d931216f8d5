/** A picture of `docs/images` in Markdown: the one of the reader's colour scheme. */

/** As a page of `docs/` shows it. */
export function picture(name: keyof typeof alternatives): string {
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="images/${name}-dark.svg">`,
    `  <img alt="${alternatives[name]}" src="images/${name}-light.svg">`,
    '</picture>',
  ].join('\n');
}

const alternatives = {
  machine: 'The five states and the facts that lead from one to another',
  'eight-steps': 'The eight messages, and the states of device and server between them',
  'eight-steps-12-1': 'The same eight messages, with HTTP status 449 as the refusal',
  'refusal-12-1': 'FolderSync under key 0 is answered with HTTP status 449',
  'lost-request': 'The request is lost, and the device sends it again',
  'lost-policy': 'The answer with the policy is lost; the device asks again and gets another temporary key',
  'lost-key': 'The answer with the permanent key is lost; the device acknowledges again and gets the same key',
  'policy-change': 'A command is refused with Status 144, and the device provisions again',
  wipe: 'Announced with Status 140, asked for, directed, acknowledged',
  crash: 'The device starts again and acknowledges under the temporary key that it stored',
} as const;
