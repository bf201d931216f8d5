/** A policy that changes: I4. */
import type { EASProvisionDoc } from '../../../src/protocol/policy.js';
import type { ProtocolVersion } from '../../../src/protocol/version.js';
import { bare, statusOf } from './seen.js';
import { type BrokenServer, keyIn } from './world.js';

export const brokenPolicies: readonly BrokenServer[] = [
  {
    finder: 'I4.change',
    breaks: 'the hash of the policy leaves booleans out',
    options: (under) => {
      const byNumbers = new Map<string, EASProvisionDoc>();
      return {
        policyFor() {
          const { policy } = under();
          if (policy === null) return null;
          const numbers = JSON.stringify(Object.entries(policy).filter(([, value]) => typeof value !== 'boolean'));
          const first = byNumbers.get(numbers) ?? policy;
          byNumbers.set(numbers, first);
          return first;
        },
      };
    },
  },
  {
    finder: 'I4.download-only',
    breaks: 'the hash is written at the download, and the old key lives on',
    handle: (world) => {
      const agreed = new Map<string, string>();
      const downloaded = new Set<string>();
      return async (request) => {
        const { deviceId, acknowledged, key } = request;
        const answer = await world.serve(request.http);
        const issued = keyIn(answer);
        if (acknowledged !== null && issued !== undefined) {
          agreed.set(deviceId, issued);
          downloaded.delete(deviceId);
        }
        if (request.isInitial && issued !== undefined) downloaded.add(deviceId);
        const isOld = world.last()?.reason === 'InvalidPolicyKey' && downloaded.has(deviceId);
        return isOld && key !== null && key === agreed.get(deviceId) ? world.letIn(request.http) : answer;
      };
    },
  },
  {
    finder: 'I4.versions',
    breaks: 'the hash is of the document as the version has it',
    handle: (world) => {
      const agreedIn = new Map<string, ProtocolVersion>();
      return async (request) => {
        const { deviceId, version, acknowledged, key } = request;
        const answer = await world.serve(request.http);
        const issued = keyIn(answer);
        if (acknowledged !== null && issued !== undefined) agreedIn.set(issued, version);
        const isOther = key !== null && agreedIn.has(key) && agreedIn.get(key) !== version;
        if (world.last()?.reason !== null || request.command === 'Provision' || !isOther || deviceId === '')
          return answer;
        return version === '2.5' || version === '12.1' ? bare(449) : statusOf(request, 144);
      };
    },
  },
];
