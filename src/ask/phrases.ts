/** A trie over atoms: one walk over a text finds every phrase, however many phrases there are. */
interface Node<T> {
  readonly next: Map<string, Node<T>>;
  values?: T[];
}

export interface Phrases<T> {
  /** The longest phrase at each place, left to right, none overlapping another. */
  find(atoms: readonly string[]): readonly PhraseHit<T>[];
}

interface PhraseHit<T> {
  readonly values: readonly T[];
  /** Index of the first atom, and of the one after the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * @param entries phrases as atoms, with what each stands for; one phrase may stand for several things, empty ones are skipped
 */
export function createPhrases<T>(entries: Iterable<readonly [readonly string[], T]>): Phrases<T> {
  const root: Node<T> = { next: new Map() };
  for (const [atoms, value] of entries) {
    if (atoms.length > 0) plant(root, atoms, value);
  }

  return {
    find(atoms) {
      const hits: PhraseHit<T>[] = [];
      for (let from = 0; from < atoms.length; ) {
        const hit = longest(root, atoms, from);
        if (hit) hits.push(hit);
        from = hit?.to ?? from + 1;
      }
      return hits;
    },
  };
}

function plant<T>(root: Node<T>, atoms: readonly string[], value: T): void {
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

function longest<T>(root: Node<T>, atoms: readonly string[], from: number): PhraseHit<T> | undefined {
  let node: Node<T> | undefined = root;
  let found: PhraseHit<T> | undefined;
  for (let at = from; at < atoms.length; at += 1) {
    node = node.next.get(atoms[at] ?? '');
    if (!node) return found;
    if (node.values) found = { values: node.values, from, to: at + 1 };
  }
  return found;
}
