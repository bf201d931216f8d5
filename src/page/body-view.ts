import type { MessageBody } from '../timeline/entry.js';
import { element } from './element.js';

/** A body as XML, and as the bytes it came in when asked for. */
export function bodyView({ hex, xml }: MessageBody): readonly Node[] {
  if (hex === '') return [element('p', { class: 'quiet' }, 'The body is empty.')];
  if (hex === null && xml === null) return [element('p', { class: 'quiet' }, 'The body is not shown.')];
  const text = xml === null ? [element('p', { class: 'quiet' }, 'The body is no WBXML.')] : [pre('xml', xml)];
  return hex === null ? text : [...text, bytes(hex)];
}

function bytes(hex: string): HTMLElement {
  const body = element('details', { class: 'hex' }, element('summary', {}, `Bytes (${hex.length / 2})`));
  const show = () => {
    if (body.open && body.childElementCount === 1) body.append(pre('bytes', hexLines(hex)));
  };
  body.addEventListener('toggle', show);
  return body;
}

/** It may be wider than its place, and then scrolls: so it has to be reachable. */
function pre(name: string, text: string): HTMLElement {
  return element('pre', { class: name, tabindex: 0, role: 'group', 'aria-label': labels[name] ?? name }, text);
}

const labels: Readonly<Record<string, string>> = { xml: 'Body as XML', bytes: 'Body as bytes' };

function hexLines(hex: string): string {
  const lines = hex.match(/.{1,32}/g) ?? [];
  return lines
    .map((line, index) => `${(index * 16).toString(16).padStart(4, '0')}  ${line.match(/../g)?.join(' ') ?? line}`)
    .join('\n');
}
