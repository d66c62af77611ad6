/*
 * Hash tables with open addressing over plain numbers. Nearly every word and every Chinese character of ten thousand articles
 * asks here: a Map costs several reads from memory that is spread, and a slice of the text for its key.
 */

const smallest = 256;

/** Numbers by two other numbers. */
export interface PairTable {
  find(first: number, second: number): number | undefined;
  /** Only for a pair that is not there. */
  add(first: number, second: number, number: number): void;
}

export function createPairTable(): PairTable {
  let count = 0;
  let size = smallest;
  // first, second, number + 1; 0 is a free place.
  let slots = new Int32Array(size * 3);

  /** Where a pair is, or would be. */
  function slotOf(first: number, second: number): number {
    const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
    let at = (hash ^ (hash >>> 15)) & (size - 1);
    while (slots[at * 3 + 2] !== 0 && (slots[at * 3] !== first || slots[at * 3 + 1] !== second))
      at = (at + 1) & (size - 1);
    return at * 3;
  }

  function put(first: number, second: number, place: number): void {
    const at = slotOf(first, second);
    slots[at] = first;
    slots[at + 1] = second;
    slots[at + 2] = place;
  }

  function grow(): void {
    const before = slots;
    size *= 2;
    slots = new Int32Array(size * 3);
    for (let at = 0; at < before.length; at += 3) {
      const place = before[at + 2] ?? 0;
      if (place !== 0) put(before[at] ?? 0, before[at + 1] ?? 0, place);
    }
  }

  return {
    find(first, second) {
      const place = slots[slotOf(first, second) + 2] ?? 0;
      return place === 0 ? undefined : place - 1;
    },
    add(first, second, number) {
      count += 1;
      // Half full at most, or the way to a free place gets long.
      if (count * 2 > size) grow();
      put(first, second, number + 1);
    },
  };
}

/** Values by pieces of texts, which are looked up where they stand. */
export interface PieceTable<V> {
  /** @param hash `hashOf` the characters from `from` to `to` */
  find(text: string, from: number, to: number, hash: number): V | undefined;
  /** Only for a piece that is not there. */
  add(piece: string, hash: number, value: V): void;
}

/** The hash of a piece and one more character; of nothing it is 0. */
export function hashOn(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

export function createPieceTable<V>(): PieceTable<V> {
  const pieces: string[] = [];
  const values: V[] = [];
  let size = smallest;
  // hash, place in `pieces` + 1
  let slots = new Int32Array(size * 2);

  function put(hash: number, place: number): void {
    let at = (hash ^ (hash >>> 15)) & (size - 1);
    while (slots[at * 2 + 1] !== 0) at = (at + 1) & (size - 1);
    slots[at * 2] = hash;
    slots[at * 2 + 1] = place;
  }

  function grow(): void {
    const before = slots;
    size *= 2;
    slots = new Int32Array(size * 2);
    for (let at = 0; at < before.length; at += 2) {
      const place = before[at + 1] ?? 0;
      if (place !== 0) put(before[at] ?? 0, place);
    }
  }

  return {
    find(text, from, to, hash) {
      for (let at = (hash ^ (hash >>> 15)) & (size - 1); ; at = (at + 1) & (size - 1)) {
        const place = slots[at * 2 + 1] ?? 0;
        if (place === 0) return undefined;
        if (slots[at * 2] === hash && stands(pieces[place - 1] ?? '', text, from, to)) return values[place - 1];
      }
    },
    add(piece, hash, value) {
      pieces.push(piece);
      if (values.push(value) * 2 > size) grow();
      put(hash, values.length);
    },
  };
}

function stands(piece: string, text: string, from: number, to: number): boolean {
  if (piece.length !== to - from) return false;
  for (let at = 0; at < piece.length; at += 1) if (piece.charCodeAt(at) !== text.charCodeAt(from + at)) return false;
  return true;
}

/** An array of whole numbers that are 0 until they are set, and that grows with the places asked for. */
export interface Marks {
  get(at: number): number;
  set(at: number, value: number): void;
}

export function createMarks(): Marks {
  let marks = new Int32Array(smallest);
  return {
    get: (at) => marks[at] ?? 0,
    set(at, value) {
      if (at >= marks.length) {
        const before = marks;
        marks = new Int32Array(2 ** Math.ceil(Math.log2(at + 1)));
        marks.set(before);
      }
      marks[at] = value;
    },
  };
}
