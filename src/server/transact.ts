import { andThen, attempt, failed } from './attempt.js';
import type { Awaitable, DeviceIdentity } from './ports.js';
import { afterDeciding, afterWriting, MAX_TRIES } from './race.js';
import type { ServerReason } from './reasons.js';
import { type DeviceRecord, formatRecord, parseRecord, recordKey, unknownDevice } from './record.js';
import type { Store } from './store.js';

/**
 * Reads a device's record, decides, and writes what changed before anyone hears of it: one read, at most one write. A
 * lost race reads and decides again, which is safe because deciding is pure.
 *
 * @returns what was decided, or the reason for which nothing was: then nothing was written either.
 */
export function transact<Decided extends { readonly record: DeviceRecord }>(
  store: Store,
  device: DeviceIdentity,
  decide: (record: DeviceRecord) => Decided,
): Awaitable<Transacted<Decided>> {
  return tryOnce(store, recordKey(device), decide, MAX_TRIES);
}

export type Transacted<Decided> = Decided | Extract<ServerReason, 'StoreFailed' | 'LostRace'>;

function tryOnce<Decided extends { readonly record: DeviceRecord }>(
  store: Store,
  key: string,
  decide: (record: DeviceRecord) => Decided,
  tries: number,
): Awaitable<Transacted<Decided>> {
  return andThen(
    attempt(() => store.get(key)),
    (stored): Awaitable<Transacted<Decided>> => {
      if (stored === failed) return 'StoreFailed';
      const record = stored ? parseRecord(stored.data) : unknownDevice;
      // Junk is not taken for a stranger: that would let a wiped or refused device begin again (I15).
      if (!record) return 'StoreFailed';
      const decided = decide(record);
      if (afterDeciding(record, decided.record) === 'Answer') return decided;
      const text = formatRecord(decided.record);
      return andThen(
        attempt(() => store.put(key, stored?.version ?? null, text)),
        (written) => {
          if (written === failed) return 'StoreFailed';
          switch (afterWriting(written, tries)) {
            case 'Answer':
              return decided;
            case 'ReadAgain':
              return tryOnce(store, key, decide, tries - 1);
            case 'LostRace':
              return 'LostRace';
          }
        },
      );
    },
  );
}
