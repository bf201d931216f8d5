/** What a section of MS-ASPROV is about, in a few words of ours. */
import { policyElements } from '../../../src/protocol/policy.js';

export function subjectOf(section: string): string {
  const subject = subjects[section] ?? elements.get(section);
  if (subject === undefined) throw new TypeError(`section ${section} has no subject`);
  return subject;
}

const subjects: Readonly<Record<string, string>> = {
  '2.1': 'Transport',
  '2.2.2.1': 'AccountOnlyRemoteWipe',
  '2.2.2.24.1': 'Data',
  '2.2.2.28': 'EASProvisionDoc',
  '2.2.2.40': 'Policies',
  '2.2.2.41': 'Policy',
  '2.2.2.42': 'PolicyKey',
  '2.2.2.43': 'PolicyType',
  '2.2.2.44': 'Provision',
  '2.2.2.45': 'RemoteWipe',
  '2.2.2.53': 'settings:DeviceInformation',
  '2.2.2.54': 'Status, wherever it stands',
  '2.2.2.54.1': 'Status in Policy',
  '2.2.2.54.2': 'Status in Provision',
  '2.2.2.54.3': 'Status in RemoteWipe',
  '2.2.3.1': 'type EmptyVal',
  '2.2.3.2': 'type unsignedByteOrEmpty',
  '2.2.3.3': 'type unsignedIntOrEmpty',
  '3.1.1': 'Steps of a policy download',
  '3.1.5.1': 'The client provisions',
  '3.1.5.2': 'The client acts on a status',
  '3.2.5.1': 'The server provisions',
  '3.2.5.2': 'The server’s statuses',
  '7': 'What products do',
};

const elements: ReadonlyMap<string, string> = new Map(
  Object.entries(policyElements).flatMap(([name, { section, kind }]) => [
    [section, name] as const,
    ...(kind.type === 'list' ? [[kind.item.section, kind.item.name] as const] : []),
  ]),
);
