import type { StateStore } from '../../../src/client/index.js';

/** A store that a test can look into, and fill. */
export interface OpenStore extends StateStore {
  saved: string | null;
  saves: number;
}

export function openStore(saved: string | null = null): OpenStore {
  const store: OpenStore = {
    saved,
    saves: 0,
    load: () => store.saved,
    save(data) {
      store.saved = data;
      store.saves += 1;
    },
  };
  return store;
}
