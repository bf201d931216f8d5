/** What an attack can break around the server: its store, its generator of keys, its life. */

import { createMemoryStore, type Store } from '../../../src/server/index.js';
import { mintPolicyKey } from '../../../src/server/settings.js';

export interface World {
  readonly store: Store;
  mintKey: () => string;
  /** What the store does with the next call. */
  trouble: null | 'fails' | 'takes no writes' | 'writes and dies';
}

/** A store that takes its time, as every store does that two servers share. */
export function createWorld(): World {
  const records = createMemoryStore();
  let minted = FIRST_KEY;
  const world: World = {
    trouble: null,
    mintKey: () => String(minted++),
    store: {
      async get(key) {
        await turn();
        if (world.trouble === 'fails') throw new Error('the store is gone');
        return records.get(key);
      },
      async put(key, expected, data) {
        await turn();
        if (world.trouble === 'fails' || world.trouble === 'takes no writes') throw new Error('the store is gone');
        const written = await records.put(key, expected, data);
        if (world.trouble !== 'writes and dies') return written;
        world.trouble = null;
        throw new Error('the process died');
      },
    },
  };
  return world;
}

/** `7, 7, 8`: these in turn, and then the last for ever. */
export function keysInTurn(list: string): () => string {
  const keys = list.split(', ');
  return () => (keys.length > 1 ? keys.shift() : keys[0]) ?? '';
}

export const platformKeys = mintPolicyKey;

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Beyond 2^31, where a key that is read as a signed number is another. */
const FIRST_KEY = 3_942_919_513;
