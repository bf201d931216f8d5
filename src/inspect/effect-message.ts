import type { Effect } from '../../machines/index.js';
import type { Message } from './teller.js';

/** An effect as a message that can be read from its type alone: `Send.InitialRequest`, `Report.Provisioned`. */
export function effectMessage(effect: Effect): Message {
  return { ...effect, type: [effect.type, ...detailOf(effect)].join('.') };
}

function detailOf(effect: Effect): readonly string[] {
  switch (effect.type) {
    case 'Send':
      return [effect.request.kind];
    case 'Respond':
      return [effect.response.kind];
    case 'Report':
      return [effect.outcome.kind];
    case 'StartTimer':
      return [effect.event.type];
    default:
      return [];
  }
}
