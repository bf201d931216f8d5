/** What a Settings command says of the device (MS-ASCMD 2.2.3.167): the server keeps it, the host answers. */
import {
  type DeviceInformation,
  type DeviceInformationElement,
  deviceInformationElements,
} from '../protocol/device-information.js';
import type { Element } from '../protocol/element.js';

/** The texts of DeviceInformation/Set that have a row and a permitted length; null where there is none. */
export function informationIn(document: Element | string | null): DeviceInformation | null {
  const set = childrenOf(childrenOf(document).find(({ name }) => name === INFORMATION)).find(
    ({ name }) => name === 'Settings:Set',
  );
  const texts: { [Name in DeviceInformationElement]?: string } = {};
  for (const { name, content } of childrenOf(set)) {
    const element = name.slice('Settings:'.length);
    if (isInformation(element) && typeof content === 'string' && content.length <= MAX_LENGTH) texts[element] = content;
  }
  return Object.keys(texts).length > 0 ? texts : null;
}

/** Whether it tells of the device and asks for nothing else. */
export function isOnlyInformation(document: Element | string | null): boolean {
  const children = childrenOf(document);
  return children.length > 0 && children.every(({ name }) => name === INFORMATION);
}

const INFORMATION = 'Settings:DeviceInformation';
const MAX_LENGTH = 1024;

function isInformation(name: string): name is DeviceInformationElement {
  return Object.hasOwn(deviceInformationElements, name);
}

function childrenOf(parent: Element | string | null | undefined): readonly Element[] {
  const content = typeof parent === 'string' ? null : parent?.content;
  return Array.isArray(content) ? content : [];
}
