/** A trie over atoms: one walk over a text finds every phrase, however many phrases there are. */
interface Node<T> {
  readonly next: Map<number, Node<T>>;
  values?: T[];
}

/** Phrases of atoms. Atoms go by keys, 1 and up; those that are in no phrase have the key 0. */
export interface Phrases<T> {
  keyOf(atom: string): number;
  /** Whether a phrase starts with an atom. */
  opens(key: number): boolean;
  /** Every phrase has an atom that tells, its longest: a text without any holds no phrase. */
  tells(key: number): boolean;
  /** The longest phrase at each place, left to right, none overlapping another. */
  find(keys: readonly number[]): readonly PhraseHit<T>[];
}

/** Index of the first atom, and of the one after the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface PhraseHit<T> extends Span {
  readonly values: readonly T[];
}

/**
 * @param entries phrases as atoms, with what each stands for; one phrase may stand for several things, empty ones are skipped
 */
export function createPhrases<T>(entries: readonly (readonly [readonly string[], T])[]): Phrases<T> {
  const keys = new Map<string, number>();
  const telling = new Set<number>();
  // By key: the first step is taken at every atom of every text.
  const roots: (Node<T> | undefined)[] = [undefined];

  function keyFor(atom: string): number {
    const key = keys.get(atom) ?? roots.push(undefined);
    keys.set(atom, key);
    return key;
  }

  const keyOf = (atom: string) => keys.get(atom) ?? 0;
  for (const [atoms, value] of entries) {
    const [first, ...rest] = atoms.map(keyFor);
    const [longestAtom] = atoms.toSorted((a, b) => b.length - a.length);
    if (first === undefined || longestAtom === undefined) continue;
    telling.add(keyOf(longestAtom));
    const root = roots[first] ?? { next: new Map() };
    roots[first] = root;
    plant(root, rest, value);
  }

  return {
    keyOf,
    opens: (key) => roots[key] !== undefined,
    tells: (key) => telling.has(key),
    find(atoms) {
      const hits: PhraseHit<T>[] = [];
      for (let from = 0; from < atoms.length; ) {
        const root = roots[atoms[from] ?? 0];
        const hit = root && longest(root, atoms, from);
        if (hit) hits.push(hit);
        from = hit ? hit.to : from + 1;
      }
      return hits;
    },
  };
}

function plant<T>(root: Node<T>, atoms: readonly number[], value: T): void {
  let node = root;
  for (const atom of atoms) {
    let next = node.next.get(atom);
    if (!next) {
      next = { next: new Map() };
      node.next.set(atom, next);
    }
    node = next;
  }
  node.values ??= [];
  if (!node.values.includes(value)) node.values.push(value);
}

/** @param root what the first atom leads to */
function longest<T>(root: Node<T>, atoms: readonly number[], from: number): PhraseHit<T> | undefined {
  let found = root.values && { values: root.values, from, to: from + 1 };
  let node = root;
  for (let at = from + 1; at < atoms.length && node.next.size > 0; at += 1) {
    const next = node.next.get(atoms[at] ?? 0);
    if (!next) return found;
    if (next.values) found = { values: next.values, from, to: at + 1 };
    node = next;
  }
  return found;
}
