/** Numbers by the million: arrays that grow by pieces, so that growing copies nothing. */
export interface Column {
  readonly length: number;
  at(index: number): number;
  set(index: number, value: number): void;
  push(value: number): void;
}

const PIECE_BITS = 16;
const PIECE = 1 << PIECE_BITS;

export function createColumn(): Column {
  const pieces: Int32Array[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    at: (index) => pieces[index >> PIECE_BITS]![index & (PIECE - 1)]!,
    set(index, value) {
      pieces[index >> PIECE_BITS]![index & (PIECE - 1)] = value;
    },
    push(value) {
      if ((length & (PIECE - 1)) === 0) pieces.push(new Int32Array(PIECE));
      pieces[length >> PIECE_BITS]![length & (PIECE - 1)] = value;
      length += 1;
    },
  };
}

/** Rows of one width, each once, numbered in the order in which they came. Whole rows are kept: no two are mixed up. */
export interface RowSet {
  readonly size: number;
  /** The number of a row; that of a new one is the size before. */
  add(row: Int32Array): number;
  /** The number of a row, -1 for one that never came. */
  find(row: Int32Array): number;
  read(index: number, into: Int32Array): void;
  /** In bytes, about. */
  readonly memory: number;
}

export function createRowSet(width: number): RowSet {
  const perPiece = PIECE >> 2;
  const pieces: Int32Array[] = [];
  let table = new Int32Array(1 << 16);
  let size = 0;

  function slotOf(row: Int32Array): number {
    const mask = table.length - 1;
    let slot = hashOf(row, 0, width) & mask;
    for (let index = table[slot]!; index !== 0; index = table[slot]!) {
      if (isSame(index - 1, row)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  function isSame(index: number, row: Int32Array): boolean {
    const piece = pieces[(index / perPiece) | 0]!;
    const from = (index % perPiece) * width;
    for (let at = 0; at < width; at++) if (piece[from + at] !== row[at]) return false;
    return true;
  }

  function grow(): void {
    const old = table;
    table = new Int32Array(old.length * 2);
    const mask = table.length - 1;
    for (const index of old) {
      if (index === 0) continue;
      const piece = pieces[((index - 1) / perPiece) | 0]!;
      let slot = hashOf(piece, ((index - 1) % perPiece) * width, width) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = index;
    }
  }

  return {
    get size() {
      return size;
    },
    get memory() {
      return pieces.length * perPiece * width * 4 + table.length * 4;
    },
    add(row) {
      const slot = slotOf(row);
      const known = table[slot]!;
      if (known !== 0) return known - 1;
      if (size % perPiece === 0) pieces.push(new Int32Array(perPiece * width));
      pieces[(size / perPiece) | 0]!.set(row, (size % perPiece) * width);
      size += 1;
      table[slot] = size;
      if (size * 2 > table.length) grow();
      return size - 1;
    },
    find: (row) => table[slotOf(row)]! - 1,
    read(index, into) {
      const from = (index % perPiece) * width;
      const piece = pieces[(index / perPiece) | 0]!;
      for (let at = 0; at < width; at++) into[at] = piece[from + at]!;
    },
  };
}

/** FNV-1a over whole numbers, with its high bits folded in. */
function hashOf(row: Int32Array, from: number, width: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < from + width; at++) {
    hash = Math.imul(hash ^ row[at]!, 0x01000193);
    hash ^= hash >>> 15;
  }
  return (hash ^ (hash >>> 13)) >>> 0;
}
