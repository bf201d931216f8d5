import { element } from './element.js';

/** What a first visit sees above an exchange that did not begin. */
export function invitation(play: () => void): readonly Node[] {
  const lead = 'A device and a server, and the wire between them in your hands';
  const text =
    'Both run in this page. The device asks for its folders, is told to provision first, and does. ' +
    'Take each step yourself, lose a message, change the policy, order a wipe; or watch it once.';
  return [
    element('div', {}, element('p', { class: 'lead' }, lead), element('p', {}, text)),
    element('button', { type: 'button', class: 'primary', click: play }, 'Play the eight steps'),
  ];
}
